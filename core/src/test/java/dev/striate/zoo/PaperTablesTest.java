package dev.striate.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Costs;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Options;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The comparisons that the papers and lectures make, layer by layer.
class PaperTablesTest {
    @Test
    void countsLeNetLayerByLayer() {
        var network = Zoo.network("lenet5_paper");
        assertThat(List.of("c1", "s2", "c3", "s4", "c5", "f6")).map(layer -> parameters(network, layer))
                .containsExactly(156L, 12L, 1_516L, 32L, 48_120L, 10_164L);
        assertThat(List.of("c1", "s2", "c3", "s4", "c5")).map(layer -> shape(network, layer)).containsExactly(
                new Shape(6, 28, 28), new Shape(6, 14, 14), new Shape(16, 10, 10), new Shape(16, 5, 5),
                new Shape(120, 1, 1));
    }

    @Test
    void givesAlexNetsSides() {
        assertThat(sides("alexnet_onetower", Op.Conv.class)).containsExactly(55, 27, 13, 13, 13);
        assertThat(sides("alexnet_onetower", Op.MaxPool.class)).containsExactly(27, 13, 6);
        assertThat(sides("alexnet_twotower", Op.Conv.class)).containsExactly(55, 27, 13, 13, 13);
    }

    @Test
    void givesTheLecturesAlexNet() {
        assertThat(sides("alexnet_cs7015", Op.Conv.class)).containsExactly(55, 23, 9, 7, 5);
        assertThat(sides("alexnet_cs7015", Op.MaxPool.class)).containsExactly(27, 11, 2);
        // The lecture counts weights only: 34K, 0.6M, 0.8M, 1.327M, 0.8M, 4M, 16M, 4M, cut off rather than rounded.
        assertThat(weights("alexnet_cs7015")).containsExactly(
                34_848L, 614_400L, 884_736L, 1_327_104L, 884_736L, 4_194_304L, 16_777_216L, 4_096_000L);
    }

    /// The lecture has 20.7K, 0.29M, 0.8M and 0.36M. The last two count the change of one width at a time, and only for
    /// layer 5 (256 to 512 filters on 384 channels: 0.88M) do they follow; with both widths changed it is 3.4M and 3.8M.
    @Test
    void changesZfNetWhereTheLectureSays() {
        var alexNet = weights("alexnet_cs7015");
        var wide = weights("zfnet_wide");
        assertThat(alexNet.get(0) - wide.get(0)).isEqualTo(20_736);
        assertThat(wide.get(1) - alexNet.get(1)).isZero();
        assertThat(wide.get(2) - alexNet.get(2)).isEqualTo(294_912);
        assertThat(wide.get(3) - alexNet.get(3)).isEqualTo(3_391_488);
        assertThat(wide.get(4) - alexNet.get(4)).isEqualTo(3_833_856);
    }

    @Test
    void splitsVggIntoConvolutionsAndFirstFullyConnectedLayer() {
        var network = Zoo.network("vgg16");
        var features = Costs.of(network).nodes().stream()
                .filter(cost -> cost.node().startsWith("features"))
                .mapToLong(Costs.Cost::parameters)
                .sum();
        assertThat(features).isEqualTo(14_714_688);
        assertThat(parameters(network, "classifier.0")).isEqualTo(102_764_544);
        assertThat(sides("vgg16", Op.MaxPool.class)).containsExactly(112, 56, 28, 14, 7);
    }

    @Test
    void seesSevenBySevenWithThreeTimesThreeByThreeForFewerWeights() {
        var channels = 64;
        var input = Layer.input(channels, 7, 7);
        var stacked = input.conv(channels, 3, Options.noBias()).conv(channels, 3, Options.noBias())
                .conv(channels, 3, Options.noBias());
        var single = input.conv(channels, 7, Options.noBias());
        assertThat(stacked.shape()).isEqualTo(single.shape()).isEqualTo(new Shape(channels, 1, 1));
        assertThat(Costs.of(stacked.network("three")).parameters()).isEqualTo(27 * channels * channels);
        assertThat(Costs.of(single.network("one")).parameters()).isEqualTo(49 * channels * channels);
    }

    @Test
    void makesAnAsymmetricPairAThirdCheaper() {
        var input = Layer.input(64, 17, 17);
        var pair = input.conv(64, Options.size(3, 1), Options.same()).conv(64, Options.size(1, 3), Options.same());
        var square = input.conv(64, 3, Options.same());
        assertThat(3 * Costs.of(pair.network("pair")).macs()).isEqualTo(2 * Costs.of(square.network("square")).macs());
    }

    @Test
    void giveGoogLeNetsGrids() {
        var network = Zoo.network("googlenet_paper");
        assertThat(sides("googlenet_paper", Op.Concat.class)).containsExactly(28, 28, 14, 14, 14, 14, 14, 7, 7);
        assertThat(channels("googlenet_paper")).containsExactly(256, 480, 512, 512, 512, 528, 832, 832, 1024);
        assertThat(shape(network, "aux1.conv")).isEqualTo(new Shape(128, 4, 4));
        assertThat(shape(network, "aux2.conv")).isEqualTo(new Shape(128, 4, 4));
        assertThat(network.atInference().nodes()).noneMatch(node -> node.name().startsWith("aux"));
    }

    /// Module 3a on 28×28×192: 256 channels from reductions of 64, 96-128, 16-32 and 32; without them 416.
    @Test
    void reducesTheCostOfAnInceptionModule() {
        assertThat(macs("googlenet_paper", node -> node.startsWith("inception3a."))).isEqualTo(784L * (192 * 64
                + 192 * 96 + 9 * 96 * 128 + 192 * 16 + 25 * 16 * 32 + 192 * 32));
        assertThat(macs("googlenet_naive", node -> node.startsWith("inception3a."))).isEqualTo(784L * (192 * 64
                + 9 * 192 * 128 + 25 * 192 * 32));
        assertThat(channels("googlenet_naive").getFirst()).isEqualTo(416);
    }

    @Test
    void followsTheTableOfInceptionVersionTwo() {
        var network = Zoo.network("inception_v2");
        var rows = List.of("Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "maxPool1", "Conv2d_3b_3x3",
                "Conv2d_4a_3x3",
                "Conv2d_4b_3x3");
        assertThat(rows).map(row -> shape(network, row.startsWith("max") ? row : row + ".conv")).containsExactly(
                new Shape(32, 149, 149), new Shape(32, 147, 147), new Shape(64, 147, 147), new Shape(64, 73, 73),
                new Shape(80, 71, 71), new Shape(192, 35, 35), new Shape(288, 35, 35));
        assertThat(shape(network, "fc")).isEqualTo(Shape.vector(1000));
    }

    private static long parameters(Network network, String node) {
        return Costs.of(network).nodes().get(network.index(node)).parameters();
    }

    private static Shape shape(Network network, String node) {
        return Shapes.of(network).get(network.index(node));
    }

    private static List<Integer> sides(String name, Class<? extends Op> kind) {
        var network = Zoo.network(name).atInference();
        return shapes(network, kind).stream().map(Shape::height).toList();
    }

    private static List<Integer> channels(String name) {
        return shapes(Zoo.network(name).atInference(), Op.Concat.class).stream().map(Shape::channels).toList();
    }

    private static List<Shape> shapes(Network network, Class<? extends Op> kind) {
        return network.nodes().stream()
                .filter(node -> kind.isInstance(node.op()))
                .map(node -> shape(network, node.name()))
                .toList();
    }

    /// Parameters without biases of the convolutions and fully connected layers.
    private static List<Long> weights(String name) {
        return Parameters.of(Zoo.network(name)).stream()
                .filter(parameter -> parameter.name().endsWith(".weight"))
                .map(Parameter::elements)
                .toList();
    }

    private static long macs(String name, Predicate<String> nodes) {
        return Costs.of(Zoo.network(name)).nodes().stream()
                .filter(cost -> nodes.test(cost.node()))
                .mapToLong(Costs.Cost::macs)
                .sum();
    }
}
