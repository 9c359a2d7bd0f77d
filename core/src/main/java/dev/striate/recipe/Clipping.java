package dev.striate.recipe;

/// What is done about gradients that are too long.
public sealed interface Clipping {

    record Unclipped() implements Clipping {}

    /// Scales all gradients by `max/‖g‖₂`, the norm taken over all of them together, where that norm exceeds `max`.
    record ByNorm(double max) implements Clipping {
        public ByNorm {
            Expect.positive("Clipping by norm", max);
        }
    }
}
