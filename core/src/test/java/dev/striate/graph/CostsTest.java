package dev.striate.graph;

import static dev.striate.graph.Options.groups;
import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Costs.Cost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

class CostsTest {
    static final List<Network> PUBLISHED = List.of(Samples.torchvisionAlexNet(), Samples.vgg16(), Samples.resNet18());

    /// A 1×4×4 picture, 2×2×2 behind the convolution, 3 values at the end.
    private static final Costs TINY = Costs
            .of(Layer.input(1, 4, 4).conv(2, 3).relu().flatten().linear(3).network("tiny"));

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    @Tag("shared")
    void areThoseThatTorchvisionCounts(Network network) {
        var file = SharedFiles.file("fixtures/torchvision/" + network.name() + ".json");
        var reference = JsonMapper.shared().readTree(file);

        var costs = Costs.of(network);

        assertThat(costs.parameters()).isEqualTo(reference.get("paramCount").asLong());
        assertThat(costs.macs()).isEqualTo(reference.get("macsAt").get("macs").asLong());
    }

    /// VGG D of Simonyan and Zisserman 2014: 138,357,544 parameters, 15.47 billion multiply-accumulates.
    @Test
    void nameMultiplyAccumulatesAndFloatingPointOperations() {
        var costs = Costs.of(Samples.vgg16());

        assertThat(costs.parameters()).isEqualTo(138_357_544);
        assertThat(costs.gmac()).isEqualTo(15.47, within(0.005));
        assertThat(costs.gflop()).isEqualTo(2 * costs.gmac());
    }

    @Test
    void countTheProductsOfEachKindOfConvolution() {
        var x = Layer.input(4, 6, 6);

        assertThat(macs(x.conv(8, 3))).isEqualTo(8 * 4 * 4 * 4 * 9);
        assertThat(macs(x.conv(8, 3, groups(2)))).isEqualTo(8 * 4 * 4 * 2 * 9);
        assertThat(macs(x.transposedConv(2, 3, stride(2)))).isEqualTo(4 * 6 * 6 * 2 * 9);
        assertThat(macs(x.then(new Op.TableConv(List.of(List.of(0), List.of(1, 2)), Window.of(5)))))
                .isEqualTo(3 * 25 * 2 * 2);
        assertThat(macs(x.then(new Op.LocalConv(2, Window.of(5))))).isEqualTo(2 * 2 * 2 * 4 * 25);
        assertThat(macs(x.flatten().linear(7))).isEqualTo(7 * 144);
        assertThat(macs(x.batchNorm().relu().maxPool(2).add(x.avgPool(2)))).isZero();
    }

    @Test
    void keepRunningStatisticsApartFromParameters() {
        var costs = Costs.of(Layer.input(3, 8, 8).conv(5, 1, noBias()).batchNorm().network("x"));

        assertThat(costs.nodes()).extracting(Cost::parameters).containsExactly(0L, 15L, 10L);
        assertThat(costs.nodes()).extracting(Cost::buffers).containsExactly(0L, 0L, 10L);
    }

    @Test
    void countEachOutputThatIsNotComputedInPlace() {
        assertThat(TINY.nodes()).extracting(Cost::elements).containsExactly(16L, 8L, 8L, 8L, 3L);
        assertThat(TINY.nodes()).extracting(Cost::inPlace).containsExactly(false, false, true, true, false);
        assertThat(TINY.keptElements()).isEqualTo(16 + 8 + 3);
    }

    @Test
    void freeWhatHasBeenReadInInference() {
        assertThat(TINY.peakElements()).isEqualTo(16 + 8);
    }

    @Test
    void giveTheBytesOfABatch() {
        var parameters = 2 * 9 + 2 + 3 * 8 + 3;

        assertThat(TINY.inferenceActivationBytes(2)).isEqualTo(2 * 24 * 4);
        assertThat(TINY.inferenceBytes(2)).isEqualTo(4 * parameters + 2 * 24 * 4);
        assertThat(TINY.trainingActivationBytes(2)).isEqualTo(2 * (27 + 24) * 4);
        assertThat(TINY.trainingBytes(2, 1)).isEqualTo(4 * 3 * parameters + 2 * (27 + 24) * 4);
    }

    @Test
    void holdAShortcutUntilItIsAdded() {
        var a = Layer.input(1, 2, 2).relu();

        assertThat(Costs.of(a.add(a.conv(1, 1)).network("x")).peakElements()).isEqualTo(3 * 4);
    }

    @Test
    void holdOutputsToTheEnd() {
        var a = Layer.input(1, 2, 2).conv(1, 1);
        var network = a.conv(1, 1).conv(1, 1).network("x", Map.of("aux", a));

        assertThat(Costs.of(network).peakElements()).isEqualTo(3 * 4);
    }

    @Test
    void keepWhatAGradientReads() {
        var costs = Costs.of(Layer.input(1, 2, 2).conv(1, 1).sigmoid().tanh().network("x"));

        assertThat(costs.nodes()).extracting(Cost::inPlace).containsExactly(false, false, true, false);
        assertThat(costs.peakElements()).isEqualTo(8);
    }

    @Test
    void doNotOverwriteAPictureOrWhatAnotherBranchReads() {
        var x = Layer.input(1, 2, 2).relu();
        var view = x.flatten();
        var network = view.relu().add(x.conv(1, 2, pad(0)).conv(4, 1).flatten()).network("x");

        assertThat(Costs.of(network).nodes()).filteredOn(Cost::inPlace).extracting(Cost::node)
                .containsExactly("flatten1", "flatten2");
    }

    @Test
    void doNotOverflowForLargeBatches() {
        assertThat(Costs.of(Samples.vgg16()).trainingBytes(4096, 2)).isGreaterThan(200L << 30);
    }

    private static long macs(Layer layer) {
        return Costs.of(layer.network("x")).macs();
    }
}
