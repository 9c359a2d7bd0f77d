package dev.striate.plan;

import java.util.HashMap;

/// How many steps a value of a network has behind it at most.
final class Depth {
    private Depth() {}

    static int of(LoweredNetwork lowered) {
        var depths = new HashMap<Integer, Integer>();
        for (var step : lowered.steps()) {
            var before = step.reads().stream().mapToInt(value -> depths.getOrDefault(value, 0)).max().orElse(0);
            depths.put(step.output(), before + 1);
        }
        return lowered.outputs().stream().mapToInt(depths::get).max().orElseThrow();
    }

    /// The norm of the difference relative to the norm of what was expected.
    static double distance(float[] expected, float[] values) {
        var difference = 0.0;
        var norm = 0.0;
        for (var i = 0; i < expected.length; i++) {
            difference += Math.pow((double) expected[i] - values[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
