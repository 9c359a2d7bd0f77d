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
        for (var layout : Settings.Layout.values()) {
            for (var batch : new int[] { 1, 3 }) expect(network, new Settings(layout), batch, RELATIVE);
        }
    }

    static void expect(Network network, Settings settings, int batch, double relative) {
        var tensors = Formula.tensors(network);
        try (var arena = Arena.ofConfined(); var plan = Plan.compile(network, tensors, batch, settings)) {
            var values = plan.run(Formula.pictures(arena, network.input(), batch), batch);
            for (var i = 0; i < batch; i++) {
                var expected = reference(network, tensors, i);
                var largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
                Assumptions.assumeTrue(largest < Float.MAX_VALUE, "with these weights float32 overflows");
                assertThat(plan.outputs()).isEqualTo(expected.length);
                for (var k = 0; k < expected.length; k++) {
                    assertThat((double) values[i * expected.length + k])
                            .as("%s, %s, batch %d, value %d of picture %d", network.name(), settings, batch, k, i)
                            .isCloseTo(expected[k], within(relative * largest + 1e-7));
                }
            }
        }
    }

    static double[] reference(Network network, Map<String, TensorData> tensors, int picture) {
        return Reference.run(network.mainOnly(), tensors, Formula.picture(network.input(), picture));
    }
}
