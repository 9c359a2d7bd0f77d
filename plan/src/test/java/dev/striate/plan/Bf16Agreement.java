package dev.striate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Network;
import java.lang.foreign.Arena;
import java.util.HashMap;
import org.junit.jupiter.api.Assumptions;

/// Compares plans in bf16 with the same in float32.
final class Bf16Agreement {
    /// A number of bf16 is off by at most half of 2⁻⁸ of itself; so are a layer's weights and what it reads.
    private static final double PER_LAYER = Math.scalb(1, -8);

    private Bf16Agreement() {}

    /// The norm of each output's error is within what its layers round. Their errors are independent: the squares add up.
    static void expect(Network network, PlanOptions.Layout layout, int... batches) {
        var tensors = Formula.tensors(network);
        var options = new PlanOptions(layout);
        var most = Math.sqrt(depth(Lowering.of(network.atInference(), tensors))) * PER_LAYER;
        for (var batch : batches) {
            try (var arena = Arena.ofConfined();
                    var exact = Plan.compile(network, tensors, batch, options);
                    var rounded = Plan.compile(network, tensors, batch, options.with(Numbers.Real.BF16))) {
                var pixels = Formula.pictures(arena, network.input(), batch);
                var expected = exact.run(pixels, batch);
                var values = rounded.run(pixels, batch);
                expected.values().forEach((output, floats) -> {
                    Assumptions.assumeTrue(Float.isFinite(floats[0]), "with these weights float32 overflows");
                    assertThat(error(floats, values.get(output)))
                            .as("%s, %s, batch %d, '%s'", network.name(), layout, batch, output).isLessThan(most);
                });
            }
        }
    }

    /// How many steps the outputs have behind them at most.
    private static int depth(LoweredNetwork lowered) {
        var depths = new HashMap<Integer, Integer>();
        for (var step : lowered.steps()) {
            var before = step.reads().stream().mapToInt(value -> depths.getOrDefault(value, 0)).max().orElse(0);
            depths.put(step.output(), before + 1);
        }
        return lowered.outputs().stream().mapToInt(depths::get).max().orElseThrow();
    }

    /// Relative to the norm of what was expected.
    private static double error(float[] expected, float[] values) {
        var difference = 0.0;
        var norm = 0.0;
        for (var i = 0; i < expected.length; i++) {
            difference += Math.pow((double) expected[i] - values[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
