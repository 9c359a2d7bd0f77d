package dev.striate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;

/// Checks gradients by central differences.
final class Slopes {
    private static final double STEP = 1e-5;

    private Slopes() {}

    static void thenGradientIs(Values gradient, double[] values, ToDoubleFunction<Values> loss) {
        assertThat(gradient.length()).isEqualTo(values.length);
        for (var i = 0; i < values.length; i++) {
            var more = values.clone();
            var less = values.clone();
            more[i] += STEP;
            less[i] -= STEP;
            var slope = (loss.applyAsDouble(Values.of(more)) - loss.applyAsDouble(Values.of(less))) / (2 * STEP);
            assertThat(gradient.get(i)).as("slope by value %d", i).isCloseTo(slope, within(1e-8));
        }
    }
}
