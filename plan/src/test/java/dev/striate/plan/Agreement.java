package dev.striate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Network;
import dev.striate.weights.TensorData;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// Compares plans with the slow reference.
final class Agreement {
    private static final double RELATIVE = 2e-6;

    private Agreement() {}

    /// Every layout and several batch sizes give the reference's values, to float32's precision of the largest.
    static void expect(Network network) {
        for (var layout : PlanOptions.Layout.values()) {
            for (var batch : new int[] { 1, 3 }) expect(network, new PlanOptions(layout), batch, RELATIVE);
        }
    }

    static void expect(Network network, PlanOptions settings, int batch, double relative) {
        var tensors = Formula.tensors(network);
        try (var arena = Arena.ofConfined(); var plan = Plan.compile(network, tensors, batch, settings)) {
            var values = plan.run(Formula.pictures(arena, network.input(), batch), batch);
            assertThat(values.pictures()).isEqualTo(batch);
            for (var i = 0; i < batch; i++) {
                var picture = i;
                var expected = reference(network, tensors, i);
                assertThat(values.values().keySet()).containsExactlyElementsOf(expected.keySet());
                expected.forEach((output, exact) -> {
                    var what = "%s, %s, batch %d, '%s' of picture %d".formatted(network.name(), settings, batch,
                            output, picture);
                    expectClose(values.get(output), picture, exact, relative, what);
                });
            }
        }
    }

    private static void expectClose(float[] values, int picture, double[] expected, double relative, String what) {
        var largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        Assumptions.assumeTrue(largest < Float.MAX_VALUE, "with these weights float32 overflows");
        for (var k = 0; k < expected.length; k++) {
            assertThat((double) values[picture * expected.length + k]).as("%s, value %d", what, k)
                    .isCloseTo(expected[k], within(relative * largest + 1e-7));
        }
    }

    static Map<String, double[]> reference(Network network, Map<String, TensorData> tensors, int picture) {
        return Reference.run(network.atInference(), tensors, Formula.picture(network.input(), picture));
    }
}
