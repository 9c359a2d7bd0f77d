package dev.striate.torch;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.dilation;
import static dev.striate.graph.Options.excludePadding;
import static dev.striate.graph.Options.groups;
import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.size;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
class KernelsTest {
    @ParameterizedTest
    @MethodSource("operations")
    void gradientsAreThoseOfCentralDifferences(String name) {
        GradientCheck.of(OPERATIONS.get(name).apply(Layer.input(4, 6, 6)).network(name));
    }

    static Stream<String> operations() {
        return OPERATIONS.keySet().stream();
    }

    private static final Map<String, UnaryOperator<Layer>> OPERATIONS = new LinkedHashMap<>();

    static {
        OPERATIONS.put("convolution", x -> x.conv(3, 3));
        OPERATIONS.put("stridedConvolution", x -> x.conv(3, 3, stride(2), pad(1), noBias()));
        OPERATIONS.put("dilatedConvolution", x -> x.conv(3, 2, dilation(2)));
        OPERATIONS.put("groupedConvolution", x -> x.conv(6, 3, groups(2), pad(1)));
        OPERATIONS.put("asymmetricConvolution", x -> x.conv(3, size(1, 3), pad(0, 1)).conv(2, size(3, 1)));
        OPERATIONS.put("transposedConvolution", x -> x.transposedConv(3, 4, stride(2), pad(1)));
        OPERATIONS.put("tableConvolution",
                x -> x.then(new Op.TableConv(List.of(List.of(0, 2), List.of(1, 2, 3), List.of(0)), Window.of(3))));
        OPERATIONS.put("localConvolution",
                x -> x.then(new Op.LocalConv(3, Window.of(3).withStride(Size.square(2)).withPadding(Size.ONE))));
        OPERATIONS.put("linear", x -> x.flatten().linear(5).linear(3));
        OPERATIONS.put("vectorReadFlatAndAsItIs", x -> {
            var vector = x.flatten().linear(5);
            return vector.linear(3).concat(vector.flatten().linear(2));
        });
        OPERATIONS.put("batchNorm", x -> x.batchNorm().conv(2, 1));
        OPERATIONS.put("batchNormOfVectors", x -> x.flatten().linear(5).batchNorm().linear(2));
        OPERATIONS.put("localResponseNorm", x -> x.then(new Op.LocalResponseNorm(3, 0.3, 0.75, 2)));
        OPERATIONS.put("l2Norm", x -> x.then(new Op.L2Norm(1e-10)));
        OPERATIONS.put("channelAffine", x -> x.then(new Op.ChannelAffine()));
        OPERATIONS.put("radialBasis",
                x -> x.globalAvgPool().then(new Op.RadialBasis(List.of(List.of(1, -1, 1, -1), List.of(1, 1, -1, -1)))));
        OPERATIONS.put("relu", x -> x.relu());
        OPERATIONS.put("reluInPlace", x -> x.conv(3, 3).relu().conv(2, 1));
        OPERATIONS.put("leakyRelu", x -> x.conv(3, 1).leakyRelu(0.1));
        OPERATIONS.put("sigmoid", x -> x.conv(3, 1).sigmoid());
        OPERATIONS.put("tanh", x -> x.scale(0.7).tanh().scale(1.7));
        OPERATIONS.put("softmax", x -> x.softmax());
        OPERATIONS.put("treeLogits", x -> x.globalAvgPool().linear(3).then(new Op.TreeLogits("-1*2,0", 0.5)));
        OPERATIONS.put("dropout", x -> x.dropout(0.4).conv(2, 1));
        OPERATIONS.put("dropPath", x -> x.then(new Op.DropPath(0.5)).conv(2, 1));
        OPERATIONS.put("maxPool", x -> x.maxPool(3, stride(2), pad(1)));
        OPERATIONS.put("maxPoolCeil", x -> x.maxPool(3, stride(2), ceil()));
        OPERATIONS.put("avgPool", x -> x.avgPool(3, stride(2), pad(1)));
        OPERATIONS.put("avgPoolExcludingPadding", x -> x.avgPool(3, stride(2), pad(1), excludePadding()));
        OPERATIONS.put("subsampling", x -> x.avgPool(1, stride(2)).conv(2, 1));
        OPERATIONS.put("l2Pool", x -> x.l2Pool(2));
        OPERATIONS.put("globalAvgPool", x -> x.conv(3, 1).relu().globalAvgPool().flatten().linear(2));
        OPERATIONS.put("adaptiveAvgPool", x -> x.adaptiveAvgPool(4));
        OPERATIONS.put("concat", x -> x.conv(2, 1).relu().concat(x, x.conv(3, 1)));
        OPERATIONS.put("add", x -> x.conv(4, 1).add(x, x.conv(4, 1).relu()).relu());
        OPERATIONS.put("pairDifference", x -> x.conv(3, 1).flatten().linear(4).then(new Op.PairDifference()).linear(1));
        OPERATIONS.put("slice", x -> x.then(new Op.Slice(1, 3)));
        OPERATIONS.put("nearestUpsampling", x -> x.upsample(2, Op.Interpolation.NEAREST));
        OPERATIONS.put("bilinearUpsampling", x -> x.upsample(2, Op.Interpolation.BILINEAR));
        OPERATIONS.put("spaceToDepth", x -> x.then(new Op.SpaceToDepth(2, Op.BlockOrder.BLOCK_FIRST)));
        OPERATIONS.put("darknetReorg", x -> x.then(new Op.SpaceToDepth(2, Op.BlockOrder.DARKNET)));
        OPERATIONS.put("pad", x -> x.then(new Op.Pad(1, 0, 2, 1, 0.5)));
        OPERATIONS.put("crop", x -> x.conv(3, 1).crop(x.conv(2, 3), 2, 1));
        OPERATIONS.put("padChannels", x -> x.then(new Op.PadChannels(1, 2)));
        OPERATIONS.put("residualBlock", KernelsTest::residualBlock);
        OPERATIONS.put("denseBlock", KernelsTest::denseBlock);
    }

    private static Layer residualBlock(Layer x) {
        var stem = x.conv(4, 3, pad(1)).batchNorm().relu();
        var same = stem.conv(4, 3, pad(1), noBias()).batchNorm().relu().conv(4, 3, pad(1), noBias()).batchNorm()
                .add(stem).relu();
        var shortcut = same.avgPool(1, stride(2)).then(new Op.PadChannels(2, 2));
        return same.conv(8, 3, stride(2), pad(1), noBias()).batchNorm().add(shortcut).relu().globalAvgPool().flatten()
                .linear(3);
    }

    private static Layer denseBlock(Layer x) {
        var first = x.batchNorm().relu().conv(2, 3, pad(1), noBias());
        var second = x.concat(first).batchNorm().relu().conv(2, 3, pad(1), noBias());
        return x.concat(first, second).batchNorm().relu().avgPool(2).flatten().linear(3);
    }
}
