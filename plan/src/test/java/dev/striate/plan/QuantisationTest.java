package dev.striate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Shape;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
            assertThat(quantisation.layers()).as("layers in int8").hasSizeGreaterThan(12).doesNotContainKey("conv1");
            assertThat(quantisation.losses()).containsKeys(quantisation.layers().keySet().toArray(String[]::new));
            assertThat(quantisation.loss()).as("loss by %s", method).isBetween(1e-6, 0.1);
        }
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
