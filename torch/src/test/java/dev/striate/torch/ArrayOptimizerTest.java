package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.recipe.Optimization;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.WeightDecay;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Values that are no network's parameters descend by the same rules.
@Tag("native")
class ArrayOptimizerTest {
    /// v ← μ·v + g, w ← w − η·v from w = (1, −2): g = (1, −2), (0.5, −1), (0.05, −0.1) for w² / 2, η = 0.5, μ = 0.4.
    @Test
    void descendsWithMomentum() {
        var descent = Optimization.of(Optimizer.sgd(0.4), 0.5, WeightDecay.NONE);
        try (var optimizer = new ArrayOptimizer(descent, new float[] { 1, -2 })) {
            var expected = new float[][] { { 0.5f, -1 }, { 0.05f, -0.1f }, { -0.155f, 0.31f } };
            for (var values : expected) {
                optimizer.step(optimizer.values(), 0.5);
                assertThat(optimizer.values()).usingComparatorWithPrecision(1e-6f).containsExactly(values);
            }
        }
    }

    @Test
    void goesOnFromWhereValuesWerePut() {
        try (var optimizer = new ArrayOptimizer(Optimization.of(Optimizer.sgd(0), 0.5, WeightDecay.NONE),
                new float[] { 1, -2 })) {
            optimizer.place(new float[] { 3, 4 });
            optimizer.step(new float[] { 2, -2 }, 0.5);
            assertThat(optimizer.values()).containsExactly(2, 5);
        }
    }

    @Test
    void refusesAGradientOfAnotherLength() {
        try (var optimizer = new ArrayOptimizer(Optimization.of(Optimizer.sgd(0), 1, WeightDecay.NONE), new float[2])) {
            assertThatThrownBy(() -> optimizer.step(new float[3], 1)).isInstanceOf(StriateException.class)
                    .hasMessage("A step on 2 values expects a gradient for each; received 3.");
        }
    }
}
