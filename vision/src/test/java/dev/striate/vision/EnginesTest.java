package dev.striate.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.striate.embedding.Towers;
import dev.striate.fixtures.SeveralOutputs;
import dev.striate.fixtures.Smallest;
import dev.striate.graph.Network;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Start;
import dev.striate.region.RegionDetector;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.zoo.ZooEntry;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The compiled plan and libtorch on networks of the zoo, freshly initialised, on two small pictures of noise.
@Tag("native")
class EnginesTest {
    /// Nodes from which He's weights, before any statistics are known, overflow: each block adds as much as there is.
    private static final int MANY_NODES = 2000;

    @ParameterizedTest
    @MethodSource("dev.striate.zoo.Zoo#entries")
    @Tag("slow")
    void giveTheSameValues(ZooEntry entry) {
        var network = Smallest.of(entry);
        assumeFalse(Smallest.isTooLarge(network), "takes seconds: -Dstriate.giants=true runs it");
        if (RegionDetector.isIn(network)) {
            var detector = RegionDetector.of(network);
            thenEnginesAgree(detector.features());
            thenEnginesAgree(detector.head());
        } else if (Towers.comparePairs(network)) {
            var towers = Towers.of(network);
            thenEnginesAgree(towers.tower());
            thenEnginesAgree(towers.join().orElseThrow());
        } else {
            thenEnginesAgree(network);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.SeveralOutputs#all")
    void giveTheSameValuesOfSeveralOutputs(Network network) {
        thenEnginesAgree(network);
    }

    @ParameterizedTest
    @CsvSource({ "yolov3-tiny, 96", "yolov3, 64" })
    void giveTheSameValuesOfADetectorsScales(String name, int side) {
        thenEnginesAgree(SeveralOutputs.darknet(name, side));
    }

    private static void thenEnginesAgree(Network network) {
        var deep = network.nodes().size() > MANY_NODES;
        var start = Start.of(deep ? new Initialisation.TorchUniform() : new Initialisation.HeFanIn());
        try (var arena = Arena.ofConfined();
                var model = Model.fresh(network, start, Device.CPU, Precision.FLOAT32);
                var torch = Inference.of(model);
                var plan = Inference.onPlan(network, model.tensors())) {
            var count = 2 * network.input().elements();
            var pixels = arena.allocate(count * Float.BYTES, 64);
            var random = RandomStream.of(7);
            for (var i = 0L; i < count; i++) pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.normal(i));
            var expected = torch.run(pixels, 2);
            var values = plan.run(pixels, 2);
            assertThat(expected.values().keySet()).containsExactlyElementsOf(network.atInference().outputs().keySet());
            assertThat(values.values().keySet()).containsExactlyElementsOf(expected.values().keySet());
            expected.values().forEach((output, exact) -> thenClose(values.get(output), exact,
                    network.name() + ", '" + output + "'"));
        }
    }

    private static void thenClose(float[] values, float[] expected, String what) {
        var largest = IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElseThrow();
        assertThat(values).hasSameSizeAs(expected);
        assertThat(largest).as("%s: the largest value", what).isFinite().isPositive();
        for (var i = 0; i < expected.length; i++) {
            assertThat((double) values[i]).as("%s, value %d", what, i).isCloseTo(expected[i], within(1e-4 * largest));
        }
    }
}
