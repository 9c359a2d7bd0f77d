package dev.striate.onnx;

import static dev.striate.graph.Options.*;

import ai.onnxruntime.OrtException;
import dev.striate.darknet.DarknetNetwork;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Op.BlockOrder;
import dev.striate.graph.Op.Interpolation;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation, ONNX Runtime against our plan.
@Tag("native")
class OperationsTest {
    private static final Window THREE = Window.of(3).withPadding(Size.ONE);
    private static final Size TWO = Size.square(2);

    @ParameterizedTest
    @MethodSource("networks")
    void runsAsOurPlanDoes(Network network) throws OrtException {
        Agreement.expect(network, 3);
    }

    static Stream<Network> networks() {
        return Stream.of(weighted(), normalised(), pooled(), moved(), joined()).flatMap(List::stream);
    }

    private static List<Network> weighted() {
        return List.of(
                x(3, 9, 8).conv(5, 3, pad(1)).network("conv"),
                x(16, 9, 8).conv(24, new Size(3, 1), pad(1), stride(2), dilation(2), noBias())
                        .network("conv, dilated, oblong"),
                x(16, 6, 6).conv(32, 3, groups(4)).network("conv in groups"),
                x(6, 5, 4).then(new Op.TransposedConv(4, THREE.withStride(TWO), Size.ONE, 2, true))
                        .network("transposed conv in groups"),
                x(8, 5, 6).then(new Op.TransposedConv(6, Window.of(3).withStride(TWO), Size.ZERO, 1, false))
                        .network("transposed conv"),
                x(3, 6, 6).then(new Op.TableConv(List.of(List.of(0, 2), List.of(1), List.of(0, 1, 2)), Window.of(3)))
                        .network("table conv"),
                x(3, 6, 5).then(new Op.LocalConv(4, THREE.withStride(TWO))).network("local conv"),
                x(10, 1, 1).linear(7).network("linear"),
                x(4, 3, 5).flatten().then(new Op.Linear(6, false)).network("linear without bias"),
                x(4, 3, 5).flatten().linear(6).conv(5, 1).network("conv behind a linear layer"),
                x(2, 1, 2).then(new Op.RadialBasis(List.of(List.of(1, -1, 1, 1), List.of(-1, -1, 1, -1))))
                        .network("radial basis"));
    }

    private static List<Network> normalised() {
        return List.of(
                x(5, 4, 4).batchNorm(1e-3).network("batch norm"),
                x(5, 4, 4).flatten().linear(6).batchNorm().network("batch norm of vectors"),
                x(8, 3, 3).then(new Op.LocalResponseNorm(5, 0.3, 0.75, 2)).network("local response norm"),
                x(8, 3, 3).then(new Op.LocalResponseNorm(4, 0.1, 0.75, 1)).network("even local response norm"),
                x(5, 3, 4).then(new Op.L2Norm(1e-5)).network("L2 norm"),
                x(5, 3, 4).then(new Op.ChannelAffine()).network("channel affine"),
                x(5, 3, 4).flatten().linear(4).then(new Op.ChannelAffine()).network("channel affine of vectors"),
                x(7, 2, 3).softmax().network("softmax over channels"),
                x(7, 2, 3).flatten().linear(5).softmax().network("softmax"),
                x(8, 4, 4).relu().leakyRelu(0.1).network("relu"),
                x(8, 4, 4).leakyRelu(0.1).network("leaky relu"),
                x(5, 4, 4).sigmoid().scale(0.3).tanh().network("sigmoid, scale, tanh"));
    }

    private static List<Network> pooled() {
        return List.of(
                x(8, 7, 9).maxPool(3, stride(2), pad(1)).network("max pool"),
                x(8, 8, 7).maxPool(3, stride(2), ceil()).network("max pool, rounded up"),
                x(8, 7, 7).maxPool(2, stride(2), pad(1), ceil()).network("max pool, rounded up less one"),
                x(8, 8, 8).then(new Op.MaxPool(Window.of(3).withDilation(TWO).withStride(TWO), true))
                        .network("dilated max pool, rounded up"),
                x(8, 9, 9).then(new Op.AvgPool(THREE.withDilation(TWO), false, true)).network("dilated average pool"),
                x(8, 8, 8).avgPool(1, stride(3), ceil()).network("every third"),
                x(8, 7, 9).avgPool(3, stride(2), pad(1)).network("average pool"),
                x(8, 8, 8).avgPool(3, stride(2), ceil()).network("average pool, rounded up"),
                x(8, 8, 8).avgPool(3, stride(2), pad(1), ceil()).network("padded average pool, rounded up"),
                x(8, 7, 9).avgPool(3, stride(2), pad(1), excludePadding()).network("average pool without padding"),
                x(8, 8, 8).avgPool(3, stride(2), pad(1), ceil(), excludePadding())
                        .network("average pool without padding, rounded up"),
                x(5, 6, 6).l2Pool(2).network("L2 pool"),
                x(5, 6, 6).then(new Op.LpPool(2.5, Window.of(3).withStride(TWO), true)).network("L2.5 pool"),
                x(8, 6, 8).globalAvgPool().network("global average"),
                x(5, 6, 6).adaptiveAvgPool(3).network("adaptive average"),
                x(5, 7, 5).adaptiveAvgPool(3).network("adaptive average over unlike areas"),
                x(5, 2, 2).adaptiveAvgPool(3).network("adaptive average that enlarges"));
    }

    private static List<Network> moved() {
        return List.of(
                x(5, 7, 5).flatten().network("flatten"),
                x(12, 4, 4).then(new Op.Slice(3, 7)).network("slice"),
                x(3, 4, 5).upsample(2, Interpolation.NEAREST).network("nearest"),
                x(3, 4, 5).upsample(3, Interpolation.BILINEAR).network("bilinear"),
                x(4, 4, 6).then(new Op.SpaceToDepth(2, BlockOrder.BLOCK_FIRST)).network("space to depth"),
                x(4, 4, 6).then(new Op.SpaceToDepth(2, BlockOrder.DARKNET)).network("reorg"),
                x(3, 4, 5).then(new Op.Pad(1, 2, 0, 3, 0.5)).network("pad"),
                x(8, 6, 6).then(new Op.Pad(0, 1, 1, 1, Double.NEGATIVE_INFINITY)).maxPool(2, stride(1))
                        .network("pad ahead of a max pool"),
                cropped(x(3, 9, 8)).network("crop"),
                x(3, 4, 5).then(new Op.PadChannels(2, 3)).network("pad channels"));
    }

    private static List<Network> joined() {
        var x = x(3, 10, 10).conv(16, 3, pad(1)).relu();
        var basic = x.conv(16, 3, pad(1)).batchNorm().relu().conv(16, 3, pad(1)).batchNorm().add(x).relu();
        var vector = x.globalAvgPool();
        var nothing = x(5, 4, 4).dropout(0.5).then(new Op.DropPath(0.2));
        return List.of(
                basic.network("residual"),
                x.conv(8, 1).concat(x.conv(16, 3, pad(1)).relu(), x.maxPool(3, stride(1), pad(1)))
                        .network("branches"),
                x.conv(16, 1).add(x.conv(16, 3, pad(1)), x.tanh()).relu().network("three summands"),
                vector.linear(16).add(vector).network("a vector and a map of one pixel"),
                vector.linear(3).then(new Op.TreeLogits("-1*2,0", 0.5)).network("a tree of classes"),
                vector.linear(4).concat(vector.linear(5)).network("vectors"),
                nothing.network("nothing"),
                nothing.then(new Op.Detection("yolo", Map.of())).sigmoid().network("almost nothing"));
    }

    @Test
    void runsWhatDarknetDescribes() throws OrtException {
        Agreement.expect(DarknetNetwork.parse("mini", """
                [net]
                height=16
                width=16
                channels=3
                [convolutional]
                filters=8
                size=3
                stride=1
                pad=1
                batch_normalize=1
                activation=leaky
                [maxpool]
                size=2
                stride=2
                [convolutional]
                filters=8
                size=1
                stride=1
                activation=linear
                [shortcut]
                from=-2
                activation=leaky
                [maxpool]
                size=2
                stride=1
                [route]
                layers=-1
                groups=2
                group_id=1
                [upsample]
                stride=2
                [route]
                layers=-1,0
                [reorg]
                stride=2
                [avgpool]
                [connected]
                output=6
                activation=relu
                [softmax]
                """, "mini.cfg").network(), 2);
    }

    private static Layer cropped(Layer x) {
        return x.conv(5, 3, pad(1)).crop(x.conv(2, 3, stride(2)), 4, 3);
    }

    private static Layer x(int channels, int height, int width) {
        return Layer.input(channels, height, width);
    }
}
