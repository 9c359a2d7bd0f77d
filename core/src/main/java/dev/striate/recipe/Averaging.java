package dev.striate.recipe;

/// An average of the weights over the steps, evaluated and saved beside the raw ones.
public sealed interface Averaging {

    record Unaveraged() implements Averaging {}

    /// The mean of the weights after every step so far (Polyak and Juditsky 1992).
    record Polyak() implements Averaging {}

    /// `a ← d·a + (1 − d)·w` with d = `decay`; with a warm-up `d = min(decay, (1 + n)/(10 + n))` after n updates, so that
    /// the random start is soon forgotten (TensorFlow's correction).
    record Exponential(double decay, boolean warmUp) implements Averaging {
        public Exponential {
            Expect.share("The decay of an average", decay);
        }
    }

    /// The share d that the average keeps when the weights after step `updates` + 1 join it: `a ← d·a + (1 − d)·w`.
    default double kept(long updates) {
        return switch (this) {
            case Unaveraged _ -> 0;
            case Polyak _ -> updates / (updates + 1.0);
            case Exponential(double decay, boolean warmUp) ->
                warmUp ? Math.min(decay, (1.0 + updates) / (10.0 + updates)) : decay;
        };
    }
}
