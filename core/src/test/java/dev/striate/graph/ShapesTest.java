package dev.striate.graph;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.dilation;
import static dev.striate.graph.Options.groups;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.same;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ShapesTest {
    private static final Layer X = Layer.input(6, 8, 10);

    record Case(Layer layer, Shape expected) {
        Case(Op op, Shape expected) {
            this(X.then(op), expected);
        }
    }

    static final List<Case> CASES = List.of(
            new Case(X, shape(6, 8, 10)),
            new Case(X.conv(16, 3), shape(16, 6, 8)),
            new Case(X.conv(16, 3, same()), shape(16, 8, 10)),
            new Case(X.conv(16, 3, dilation(2), same()), shape(16, 8, 10)),
            new Case(X.conv(12, 3, stride(2), pad(1), groups(3)), shape(12, 4, 5)),
            new Case(X.conv(4, new Size(1, 7)), shape(4, 8, 4)),
            new Case(X.transposedConv(5, 4, stride(2), pad(1)), shape(5, 16, 20)),
            new Case(
                    new Op.TransposedConv(5, Window.of(3).withStride(Size.square(2)).withPadding(Size.ONE), Size.ONE, 1,
                            true),
                    shape(5, 16, 20)),
            new Case(new Op.TableConv(List.of(List.of(0, 5), List.of(1)), Window.of(5)), shape(2, 4, 6)),
            new Case(new Op.LocalConv(7, Window.of(3).withPadding(Size.ONE)), shape(7, 8, 10)),
            new Case(X.flatten().linear(11), Shape.vector(11)),
            new Case(X.batchNorm(), shape(6, 8, 10)),
            new Case(X.localResponseNorm(), shape(6, 8, 10)),
            new Case(new Op.L2Norm(1e-12), shape(6, 8, 10)),
            new Case(new Op.PairDifference(), shape(6, 8, 10)),
            new Case(new Op.ChannelAffine(), shape(6, 8, 10)),
            new Case(
                    Layer.input(2, 1, 1)
                            .then(new Op.RadialBasis(List.of(List.of(1, 1), List.of(-1, 1), List.of(1, -1)))),
                    Shape.vector(3)),
            new Case(X.relu(), shape(6, 8, 10)),
            new Case(X.leakyRelu(0.1), shape(6, 8, 10)),
            new Case(X.sigmoid(), shape(6, 8, 10)),
            new Case(X.tanh(), shape(6, 8, 10)),
            new Case(X.softmax(), shape(6, 8, 10)),
            new Case(X.scale(0.3), shape(6, 8, 10)),
            new Case(X.dropout(0.5), shape(6, 8, 10)),
            new Case(new Op.DropPath(0.1), shape(6, 8, 10)),
            new Case(X.maxPool(3, stride(2)), shape(6, 3, 4)),
            new Case(X.maxPool(3, stride(2), ceil()), shape(6, 4, 5)),
            new Case(X.avgPool(2), shape(6, 4, 5)),
            new Case(X.l2Pool(2, stride(1)), shape(6, 7, 9)),
            new Case(X.adaptiveAvgPool(7), shape(6, 7, 7)),
            new Case(
                    X.then(new Op.RegionPooling(Op.RegionPooling.Method.MAX, Size.square(7), 16, List.of(), List.of())),
                    shape(6, 7, 7)),
            new Case(X.globalAvgPool(), Shape.vector(6)),
            new Case(X.flatten(), Shape.vector(480)),
            new Case(X.concat(X.conv(3, 1), X), shape(15, 8, 10)),
            new Case(X.add(X.relu(), X), shape(6, 8, 10)),
            new Case(new Op.Slice(2, 5), shape(3, 8, 10)),
            new Case(X.upsample(3, Op.Interpolation.NEAREST), shape(6, 24, 30)),
            new Case(new Op.SpaceToDepth(2, Op.BlockOrder.DARKNET), shape(24, 4, 5)),
            new Case(new Op.Pad(1, 2, 3, 4, 0), shape(6, 12, 16)),
            new Case(X.conv(3, 1).crop(X.conv(2, 3), 1, 2), shape(3, 6, 8)),
            new Case(new Op.PadChannels(2, 3), shape(11, 8, 10)),
            new Case(new Op.Detection("yolo", Map.of()), shape(6, 8, 10)),
            new Case(X.globalAvgPool().then(new Op.TreeLogits("-1*2,0*4", 0.5)), Shape.vector(6)));

    @ParameterizedTest
    @FieldSource("CASES")
    void givesWhatEachOperationGives(Case one) {
        assertThat(one.layer.shape()).isEqualTo(one.expected);
        var network = one.layer.network("case");
        assertThat(Shapes.of(network).get(network.output())).isEqualTo(one.expected);
    }

    @Test
    void coversEveryOperation() {
        var covered = CASES.stream()
                .flatMap(one -> one.layer.network("case").nodes().stream())
                .<Class<?>>map(node -> node.op().getClass());

        assertThat(covered).containsAll(leaves(Op.class).toList());
    }

    @Test
    void namesTheNodeAndWhatItReceivedWhenAKernelDoesNotFit() {
        assertThatThrownBy(() -> Layer.input(3, 4, 4).at("conv5").conv(8, 7, pad(1)))
                .isInstanceOf(StriateException.class)
                .hasMessage(
                        "Node 'conv5' (Conv) expects an input of at least 5×5 for its kernel of 7×7; received 3×4×4.");
    }

    @Test
    void refusesGroupsThatDoNotDivideTheChannels() {
        assertThatThrownBy(() -> X.at("grouped").conv(8, 1, groups(4)))
                .hasMessage("Node 'grouped' (Conv) expects channels that divide into 4 groups; received 6×8×10.");
    }

    @Test
    void refusesTransposedGroupsThatDoNotDivideTheChannels() {
        assertThatThrownBy(() -> X.at("grouped").transposedConv(8, 1, groups(4)))
                .hasMessage(
                        "Node 'grouped' (TransposedConv) expects channels that divide into 4 groups; received 6×8×10.");
        assertThatThrownBy(() -> X.transposedConv(8, 1, groups(3)))
                .hasMessage("The 8 filters of a convolution do not divide into 3 groups.");
    }

    @Test
    void refusesACropThatReachesBeyondItsInput() {
        assertThatThrownBy(() -> X.at("cropped").crop(X.conv(2, 3), 1, 3)).isInstanceOf(StriateException.class)
                .hasMessage("Node 'cropped' (Crop) expects an input of at least 7×11, to cut 6×8 out;"
                        + " received 6×8×10.");
        assertThatThrownBy(() -> new Op.Crop(-1, 0)).hasMessageContaining("received row -1, column 0");
    }

    @Test
    void refusesAnInputThatATransposedConvolutionPadsAway() {
        assertThatThrownBy(() -> X.at("up").transposedConv(8, 1, pad(4)))
                .hasMessage(
                        "Node 'up' (TransposedConv) expects an input larger than its padding takes away; received 6×8×10.");
    }

    @Test
    void refusesAFullyConnectedLayerOnAPicture() {
        assertThatThrownBy(() -> X.at("fc").linear(10))
                .hasMessageStartingWith("Node 'fc' (Linear) expects a flat input")
                .hasMessageEndingWith("received 6×8×10.");
    }

    @Test
    void refusesToAddWhatDiffers() {
        assertThatThrownBy(() -> X.at("sum").add(X.conv(7, 1)))
                .hasMessage("Node 'sum' (Add) expects inputs of one shape 6×8×10; received 7×8×10.");
    }

    @Test
    void refusesToJoinPicturesOfDifferentSizes() {
        assertThatThrownBy(() -> X.at("join").concat(X.maxPool(2)))
                .hasMessage("Node 'join' (Concat) expects inputs of one size 8×10; received 6×4×5.");
    }

    @Test
    void refusesAPoolingPaddedByMoreThanHalfItsKernel() {
        assertThatThrownBy(() -> X.at("pool").maxPool(3, pad(2)))
                .hasMessageContaining("Node 'pool' (MaxPool) expects a padding of at most half its kernel 3×3")
                .hasMessageContaining("2×2");
    }

    @Test
    void refusesATableThatNamesMissingChannels() {
        assertThatThrownBy(() -> X.at("c3").then(new Op.TableConv(List.of(List.of(0, 6)), Window.of(1))))
                .hasMessage("Node 'c3' (TableConv) expects at least 7 channels, as its table says; received 6×8×10.");
    }

    @Test
    void refusesWhatBlocksDoNotDivide() {
        assertThatThrownBy(() -> X.at("reorg").then(new Op.SpaceToDepth(3, Op.BlockOrder.BLOCK_FIRST)))
                .hasMessage(
                        "Node 'reorg' (SpaceToDepth) expects a height and width that divide by 3; received 6×8×10.");
    }

    @Test
    void refusesChannelsThatAreNotThere() {
        assertThatThrownBy(() -> X.at("route").then(new Op.Slice(3, 7)))
                .hasMessage("Node 'route' (Slice) expects channels that include 3 to 7; received 6×8×10.");
    }

    @Test
    void refusesPrototypesOfAnotherLength() {
        assertThatThrownBy(() -> X.at("rbf").then(new Op.RadialBasis(List.of(List.of(1, -1)))))
                .hasMessage("Node 'rbf' (RadialBasis) expects 2 values, as its prototypes have; received 6×8×10.");
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) return Stream.of(type);
        return Stream.of(type.getPermittedSubclasses()).flatMap(ShapesTest::leaves);
    }

    private static Shape shape(int channels, int height, int width) {
        return new Shape(channels, height, width);
    }
}
