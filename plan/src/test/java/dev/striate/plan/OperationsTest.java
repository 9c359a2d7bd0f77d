package dev.striate.plan;

import static dev.striate.graph.Options.*;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation by itself and with its usual neighbours, against the reference.
@Tag("native")
class OperationsTest {
    private static final Window THREE = Window.of(3).withPadding(Size.ONE);

    @ParameterizedTest
    @MethodSource("networks")
    void givesTheReferencesValues(Network network) {
        Agreement.expect(network);
    }

    static Stream<Network> networks() {
        return Stream.of(alone(), folded(), joined()).flatMap(List::stream);
    }

    private static List<Network> alone() {
        return List.of(
                x(3, 9, 8).conv(5, 3, pad(1)).network("conv"),
                x(16, 9, 8).conv(24, 3, pad(1), stride(2), noBias()).network("conv of whole blocks"),
                x(16, 9, 8).conv(24, new Size(3, 1), pad(1), dilation(2)).network("conv, dilated, oblong"),
                x(16, 6, 6).conv(32, 3, groups(4)).network("conv in groups"),
                x(16, 6, 6).conv(16, 3, groups(16), pad(1)).network("conv by channel"),
                x(8, 5, 6).then(new Op.TransposedConv(16, Window.of(3).withStride(Size.square(2)), Size.ZERO, 1, true))
                        .network("transposed conv"),
                x(6, 5, 4).then(new Op.TransposedConv(4, THREE.withStride(Size.square(2)), Size.ONE, 2, true))
                        .network("transposed conv in groups"),
                x(3, 6, 6).then(new Op.TableConv(List.of(List.of(0, 2), List.of(1), List.of(0, 1, 2)), Window.of(3)))
                        .network("table conv"),
                x(3, 6, 5).then(new Op.LocalConv(4, THREE.withStride(Size.square(2)))).network("local conv"),
                x(10, 1, 1).linear(7).network("linear"),
                x(4, 3, 5).flatten().linear(6).network("flat linear"),
                x(5, 4, 4).batchNorm(1e-3).network("batch norm"),
                x(16, 4, 4).batchNorm().relu().network("batch norm, relu"),
                x(16, 4, 4).batchNorm().tanh().network("batch norm, tanh"),
                x(8, 3, 3).localResponseNorm().network("local response norm"),
                x(8, 3, 3).then(new Op.LocalResponseNorm(4, 0.1, 0.75, 1)).network("even local response norm"),
                x(5, 3, 4).then(new Op.L2Norm(1e-5)).network("L2 norm"),
                x(5, 3, 4).then(new Op.ChannelAffine()).network("channel affine"),
                x(2, 1, 2).then(new Op.RadialBasis(List.of(List.of(1, -1, 1, 1), List.of(-1, -1, 1, -1))))
                        .network("radial basis"),
                x(8, 4, 4).relu().network("relu"),
                x(8, 4, 4).leakyRelu(0.1).network("leaky relu"),
                x(5, 4, 4).sigmoid().network("sigmoid"),
                x(5, 4, 4).tanh().network("tanh"),
                x(5, 4, 4).scale(0.3).network("scale"),
                x(7, 2, 3).softmax().network("softmax"),
                x(5, 4, 4).dropout(0.5).then(new Op.DropPath(0.2)).network("dropout"),
                x(5, 4, 4).then(new Op.Detection("yolo", Map.of())).network("detection"),
                x(5, 1, 1).linear(3).then(new Op.TreeLogits("-1*2,0", 0.5)).network("tree of classes"),
                x(8, 7, 9).maxPool(3, stride(2), pad(1)).network("max pool"),
                x(8, 8, 8).maxPool(3, stride(2), ceil()).network("max pool, rounded up"),
                x(8, 7, 9).avgPool(3, stride(2), pad(1)).network("average pool"),
                x(8, 8, 8).avgPool(3, stride(2), pad(1), ceil()).network("average pool, rounded up"),
                x(8, 7, 9).avgPool(3, stride(2), pad(1), excludePadding()).network("average pool without padding"),
                x(8, 8, 8).avgPool(3, stride(2), pad(1), ceil(), excludePadding())
                        .network("average pool without padding, rounded up"),
                x(5, 6, 6).l2Pool(2).network("L2 pool"),
                x(5, 6, 6).then(new Op.LpPool(3, Window.of(3).withStride(Size.square(2)), true)).network("L3 pool"),
                x(8, 6, 8).globalAvgPool().network("global average"),
                x(5, 6, 6).adaptiveAvgPool(3).network("adaptive average"),
                x(5, 7, 5).adaptiveAvgPool(3).network("adaptive average over unlike areas"),
                x(5, 7, 5).flatten().network("flatten"),
                x(12, 4, 4).then(new Op.Slice(3, 7)).network("slice"),
                x(3, 4, 5).upsample(2, Interpolation.NEAREST).network("nearest"),
                x(3, 4, 5).upsample(3, Interpolation.BILINEAR).network("bilinear"),
                x(4, 4, 6).then(new Op.SpaceToDepth(2, BlockOrder.BLOCK_FIRST)).network("space to depth"),
                x(4, 4, 6).then(new Op.SpaceToDepth(2, BlockOrder.DARKNET)).network("space to depth, Darknet"),
                x(3, 4, 5).then(new Op.Pad(1, 2, 0, 3, 0.5)).network("pad"),
                cropped(x(3, 9, 8), 5).network("crop"),
                cropped(x(3, 9, 8), 16).network("crop of blocks"),
                cropped(x(3, 9, 8), 5).flatten().linear(4).network("crop, linear"),
                uncropped(x(3, 6, 6)).network("crop of nothing"),
                x(3, 4, 5).then(new Op.PadChannels(2, 3)).network("pad channels"));
    }

    /// What goes into the layer before, and what must not.
    private static List<Network> folded() {
        var doubly = x(8, 6, 6).conv(8, 3, pad(1)).at("c");
        var read = x(8, 6, 6).conv(16, 3, pad(1));
        return List.of(
                x(8, 6, 6).conv(16, 3).batchNorm().relu().network("conv, norm, relu"),
                x(8, 6, 6).conv(16, 3, noBias()).relu().batchNorm().leakyRelu(0.2).network("conv, relu, norm, leaky"),
                x(8, 6, 6).conv(16, 3).scale(0.2).then(new Op.ChannelAffine()).sigmoid().network("conv, scale, affine"),
                x(8, 6, 6).conv(16, 3).tanh().scale(1.7).dropout(0.3).relu().network("conv, tanh, scale"),
                x(6, 1, 1).linear(8).batchNorm().relu().dropout(0.5).linear(3).softmax().network("linear, norm"),
                x(8, 6, 6).flatten().dropout(0.5).linear(8).relu().network("flatten, dropout, linear"),
                x(8, 5, 5).conv(8, 3).flatten().relu().linear(4).network("flatten with two readers' worth"),
                x(3, 6, 6).then(new Op.Pad(0, 0, 1, 1, 0)).conv(8, 3, stride(2)).network("pad, conv"),
                x(3, 6, 6).then(new Op.Pad(1, 0, 1, 1, 2)).conv(8, 3, stride(2)).network("pad of another value, conv"),
                x(8, 6, 6).then(new Op.Pad(0, 1, 1, 1, Double.NEGATIVE_INFINITY)).maxPool(2, stride(2))
                        .network("pad, max pool"),
                x(5, 4, 4).scale(0.7).tanh().scale(1.7).relu().network("four curves"),
                doubly.add(doubly).network("a value added to itself"),
                read.relu().add(read).relu().network("a value read twice"),
                x(8, 4, 4).conv(16, 1)
                        .then(new Op.TransposedConv(16, Window.of(2).withStride(Size.square(2)), Size.ZERO,
                                1, false))
                        .batchNorm().relu().network("transposed conv, norm, relu"),
                x(8, 6, 6).conv(10, 1).relu().globalAvgPool().network("ten channels, global average"));
    }

    private static List<Network> joined() {
        var x = x(3, 10, 10).conv(16, 3, pad(1)).relu();
        var basic = x.conv(16, 3, pad(1)).batchNorm().relu().conv(16, 3, pad(1)).batchNorm().add(x).relu();
        var down = basic.conv(32, 3, stride(2), pad(1)).relu().conv(32, 3, pad(1)).add(
                basic.conv(32, 1, stride(2)).batchNorm()).relu();
        var wide = x.conv(8, 1).concat(x.conv(16, 3, pad(1)).relu(), x.maxPool(3, stride(1), pad(1)).conv(8, 1));
        var pooled = wide.concat(wide.maxPool(3, stride(1), pad(1)), x.avgPool(3, stride(1), pad(1)));
        var odd = x.conv(5, 1).concat(x.conv(7, 3, pad(1)).relu(), x);
        var dense1 = x.concat(x.batchNorm().relu().conv(8, 3, pad(1)));
        var dense2 = dense1.concat(dense1.batchNorm().relu().conv(16, 1).batchNorm().relu().conv(8, 3, pad(1)));
        var dense3 = dense2.concat(dense2.batchNorm().relu().conv(8, 3, pad(1)));
        var summed = x.conv(16, 1).add(x.conv(16, 3, pad(1)), x.tanh()).relu();
        var shortcutA = x.conv(32, 3, stride(2), pad(1)).add(
                x.avgPool(1, stride(2)).then(new Op.PadChannels(8, 8))).relu();
        var sums = x.conv(16, 3, pad(1)).add(x).concat(x.conv(16, 1).relu());
        var chain = x.conv(32, 1);
        var own = x.conv(16, 3, pad(1)).add(x).relu();
        return List.of(basic.network("residual"), own.network("residual of the only input"),
                down.globalAvgPool().linear(5).network("residual, projected"),
                wide.network("branches"), pooled.conv(8, 1).network("branches, pooled"), odd.network("odd branches"),
                odd.conv(16, 3).network("odd branches, conv"), dense3.network("dense"),
                dense3.batchNorm().relu().conv(16, 1).avgPool(2, stride(2)).network("dense, transition"),
                summed.network("three summands"), shortcutA.network("shortcut A"), sums.network("sum in a branch"),
                chain.then(new Op.Slice(0, 16)).add(chain.then(new Op.Slice(16, 32))).network("halves"),
                chain.then(new Op.Slice(3, 12)).concat(chain.then(new Op.Slice(8, 16))).network("odd parts"),
                dense2.concat(x.relu()).sigmoid().network("nested branches"),
                x.upsample(2, Interpolation.NEAREST).concat(x.conv(8, 1).upsample(2, Interpolation.BILINEAR))
                        .network("enlarged branches"),
                x.conv(8, 1).softmax().concat(x.conv(8, 1).localResponseNorm()).network("slow branches"));
    }

    private static Layer cropped(Layer x, int filters) {
        return x.conv(filters, 3, pad(1)).relu().crop(x.conv(2, 3, stride(2)), 4, 3);
    }

    /// Nobody reads the values of the map whose size the crop has.
    private static Layer uncropped(Layer x) {
        var y = x.conv(5, 3, pad(1)).relu();
        return y.crop(x.conv(7, 1), 0, 0).add(y).tanh();
    }

    private static Layer x(int channels, int height, int width) {
        return Layer.input(channels, height, width);
    }
}
