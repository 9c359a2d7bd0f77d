package dev.striate.recipe;

/// How the weights move: the optimiser, its base learning rate, weight decay, clipping, and the average that is kept.
public record Descent(Optimizer optimizer, double rate, WeightDecay decay, Clipping clipping, Averaging averaging) {
    public Descent {
        Expect.positive("The learning rate", rate);
    }

    /// Unclipped and unaveraged.
    public static Descent of(Optimizer optimizer, double rate, WeightDecay decay) {
        return new Descent(optimizer, rate, decay, new Clipping.Unclipped(), new Averaging.Unaveraged());
    }

    public Descent withOptimizer(Optimizer optimizer) {
        return new Descent(optimizer, rate, decay, clipping, averaging);
    }

    public Descent withRate(double rate) {
        return new Descent(optimizer, rate, decay, clipping, averaging);
    }

    public Descent withDecay(WeightDecay decay) {
        return new Descent(optimizer, rate, decay, clipping, averaging);
    }

    public Descent withClipping(Clipping clipping) {
        return new Descent(optimizer, rate, decay, clipping, averaging);
    }

    public Descent withAveraging(Averaging averaging) {
        return new Descent(optimizer, rate, decay, clipping, averaging);
    }
}
