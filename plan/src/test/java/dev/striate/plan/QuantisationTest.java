package dev.striate.plan;

import static dev.striate.graph.Options.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
class QuantisationTest {
    /// 8 bits keep about two decimal digits: a fiftieth of the logits' norm is what twenty layers may lose.
    @ParameterizedTest
    @EnumSource
    void keepsTheLogitsOfAResidualNetwork(Calibration.Method method) {
        var network = Zoo.entry("resnet20").network(new Shape(3, 32, 32), 10);
        var tensors = Formula.tensors(network);
        try (var arena = Arena.ofConfined()) {
            var pixels = Formula.pictures(arena, network.input(), 4);
            var quantisation = new Calibration(method, 0.05).quantise(network, tensors, pixels, 4);
            assertThat(quantisation.layers()).as("layers in int8").hasSizeGreaterThan(12);
            assertThat(quantisation.losses()).containsKeys(quantisation.layers().keySet().toArray(String[]::new));
            assertThat(quantisation.loss()).as("loss by %s", method).isBetween(1e-6, 0.1);
        }
    }

    /// Each a way in which 8-bit values meet: summed in place and from elsewhere, joined, pooled, read by float32 layers.
    @ParameterizedTest
    @MethodSource("networks")
    void keepsTheValuesOf(Network network) {
        try (var arena = Arena.ofConfined()) {
            var pixels = Formula.pictures(arena, network.input(), 3);
            var quantisation = new Calibration(Calibration.Method.EXTREMES, 1)
                    .quantise(network, Formula.tensors(network), pixels, 3);
            assertThat(quantisation.layers()).hasSameSizeAs(quantisation.losses()).isNotEmpty();
            // Without VNNI a weight has 63 steps to either side instead of 127, each twice as wide.
            var most = 0.03 * 127 / Cpu.LARGEST_WEIGHT;
            assertThat(quantisation.loss()).as("loss of %s", network.name()).isBetween(1e-9, most);
        }
    }

    static Stream<Network> networks() {
        var x = Layer.input(3, 12, 12).conv(16, 3, pad(1)).relu();
        var kept = x.conv(16, 3, pad(1)).relu();
        var sum = kept.conv(16, 3, pad(1)).add(kept).relu();
        var twice = sum.conv(16, 3, pad(1)).add(kept).relu();
        var projected = kept.conv(32, 3, stride(2), pad(1)).add(kept.conv(32, 1, stride(2))).relu();
        var branches = kept.conv(16, 1).relu().concat(kept.conv(8, 3, pad(1)).relu(),
                kept.maxPool(3, stride(1), pad(1)).conv(8, 1).relu());
        var grown = kept.concat(kept.conv(8, 3, pad(1)));
        var more = grown.concat(grown.batchNorm().relu().conv(16, 1).batchNorm().relu().conv(8, 3, pad(1)));
        var most = more.concat(more.batchNorm().relu().conv(8, 3, pad(1)));
        return Stream.of(
                grown.batchNorm().relu().conv(16, 1).batchNorm().relu().conv(8, 3).network("as in DenseNet"),
                most.batchNorm().relu().conv(16, 1).avgPool(2).network("growing, then averaged"),
                most.concat(most.batchNorm().conv(8, 1)).conv(8, 1).network("grown, read as it is"),
                branches.concat(kept.avgPool(3, stride(1), pad(1)).conv(8, 1).relu()).conv(8, 1)
                        .network("an averaged branch"),
                grown.batchNorm().conv(16, 1).network("normalised to either side of 0"),
                sum.conv(8, 1).network("a sum over its residual"),
                twice.conv(8, 1).globalAvgPool().network("a residual that is read again"),
                projected.conv(32, 3, pad(1)).add(projected).network("a projected residual and a float32 result"),
                branches.conv(8, 1).relu().maxPool(2).flatten().linear(12).relu().linear(5).network("branches"),
                branches.maxPool(2).conv(8, 3).network("pooled branches"),
                kept.conv(32, 3, groups(4)).relu().conv(8, 1).network("groups"),
                kept.conv(16, 3).leakyRelu(0.1).conv(8, 1).sigmoid().conv(4, 1).network("other curves"),
                kept.conv(16, 3, pad(1)).batchNorm().tanh().add(kept).avgPool(2).conv(8, 1).network("an average"));
    }

    @Test
    void storesAs8BitsWhatOnlyQuantisedLayersRead() {
        var x = Layer.input(3, 8, 8).at("a").conv(16, 3).relu();
        var shared = x.at("b").conv(16, 1).relu();
        var network = shared.at("c").conv(16, 1).maxPool(2).at("d").conv(16, 1).concat(shared.avgPool(2)).network("n");
        var range = new Quantisation.Range(0.1, false);
        var all = new Quantisation(Map.of("b", range, "c", range, "d", range), Map.of(), 0);
        var lowered = Lowering.of(network, Formula.tensors(network));
        var types = Int8Values.of(lowered, all);
        var stored = lowered.steps().stream().filter(step -> types.of(step.output()) instanceof ValueType.Bytes)
                .map(PlanStep::name);
        // Not a: float32 gives it. Not b: the average reads it too. Not d: the concatenation holds the average.
        assertThat(stored).containsExactly("c", "maxPool1");
    }

    /// Whatever is normalised in front of a quantised layer is rounded with it, and read by it alone.
    @Test
    void storesAs8BitsWhatIsNormalisedForQuantisedLayers() {
        var x = Layer.input(3, 8, 8).conv(16, 3).relu();
        var network = x.concat(x).at("n").batchNorm().relu().at("c").conv(16, 1).network("densely");
        var range = new Quantisation.Range(0.1, false);
        var lowered = Lowering.of(network, Formula.tensors(network));
        var types = Int8Values.of(lowered, new Quantisation(Map.of("c", range), Map.of(), 0));
        var stored = lowered.steps().stream().filter(step -> types.of(step.output()) instanceof ValueType.Bytes)
                .map(PlanStep::name);
        assertThat(stored).containsExactly("n");
    }

    /// A digit is mostly background; by divergence alone its ink would be cut off.
    @ParameterizedTest
    @EnumSource
    void cutsNothingOffThePictures(Calibration.Method method) {
        var network = Layer.input(1, 64, 64).at("first").conv(16, 3).relu().conv(8, 1).network("digits");
        try (var arena = Arena.ofConfined()) {
            var pixels = arena.allocate(network.input().elements() * Float.BYTES, 64);
            for (var i = 0; i < network.input().elements(); i++) {
                var ink = i % 8 == 0 ? i / 8 % 256 : i % 8 == 4 ? 255 : 0;
                pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (ink / 255f - 0.13f) / 0.31f);
            }
            var quantisation = new Calibration(method, 1).quantise(network, Formula.tensors(network), pixels, 1);
            assertThat(quantisation.layers().get("first").scale())
                    .isCloseTo((1 - 0.13) / 0.31 / 127, within(1e-6));
        }
    }

    /// As files have it that were written while the average came first.
    @Test
    void readsOneValueInTheWidestRange() {
        var x = Layer.input(3, 8, 8).conv(16, 3).relu();
        var network = x.at("a").conv(8, 1).concat(x.avgPool(3, stride(1), pad(1)).at("b").conv(8, 1))
                .network("branches");
        var wide = new Quantisation.Range(0.2, false);
        var lowered = Lowering.of(network, Formula.tensors(network));
        for (var narrow : new Quantisation.Range[] { wide, new Quantisation.Range(0.1, false) }) {
            var types = Int8Values.of(lowered, new Quantisation(Map.of("a", wide, "b", narrow), Map.of(), 0));
            assertThat(types.steps().values()).containsOnly(new ValueType.Bytes(wide)).hasSize(2);
        }
        assertThat(wide.and(new Quantisation.Range(0.1, true))).isEqualTo(new Quantisation.Range(51 / 127.0, true));
    }

    @Test
    void leavesLayersThatLoseTooMuchInFloat32() {
        var network = Zoo.entry("resnet20").network(new Shape(3, 32, 32), 10);
        try (var arena = Arena.ofConfined()) {
            var pixels = Formula.pictures(arena, network.input(), 1);
            var strict = new Calibration(Calibration.Method.EXTREMES, 1e-9)
                    .quantise(network, Formula.tensors(network), pixels, 1);
            assertThat(strict.layers()).isEmpty();
            assertThat(strict.losses()).isNotEmpty();
            assertThat(strict.loss()).isZero();
        }
    }

    @Test
    void choosesTheRangeByMethodAndSign() {
        var values = new float[100_000];
        for (var i = 0; i < values.length; i++) values[i] = i / 100_000f;
        values[0] = 100;
        assertThat(Histogram.of(values).range(Calibration.Method.EXTREMES))
                .isEqualTo(new Quantisation.Range(100.0 / 255, false));
        assertThat(Histogram.of(values).range(Calibration.Method.PERCENTILE).scale()).isLessThan(1.1 / 255);
        values[1] = -1;
        assertThat(Histogram.of(values).range(Calibration.Method.EXTREMES))
                .isEqualTo(new Quantisation.Range(100.0 / 127, true));
    }
}
