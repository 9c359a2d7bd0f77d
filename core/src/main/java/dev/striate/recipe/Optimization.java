package dev.striate.recipe;

/// How the weights move: the optimiser, its base learning rate, weight decay, clipping, and the average that is kept.
public record Optimization(Optimizer optimizer, double rate, WeightDecay decay, Clipping clipping,
        Averaging averaging) {
    public Optimization {
        Expect.positive("The learning rate", rate);
    }

    /// Unclipped and unaveraged.
    public static Optimization of(Optimizer optimizer, double rate, WeightDecay decay) {
        return new Optimization(optimizer, rate, decay, new Clipping.Unclipped(), new Averaging.Unaveraged());
    }

    public Optimization withOptimizer(Optimizer optimizer) {
        return new Optimization(optimizer, rate, decay, clipping, averaging);
    }

    public Optimization withRate(double rate) {
        return new Optimization(optimizer, rate, decay, clipping, averaging);
    }

    public Optimization withDecay(WeightDecay decay) {
        return new Optimization(optimizer, rate, decay, clipping, averaging);
    }

    public Optimization withClipping(Clipping clipping) {
        return new Optimization(optimizer, rate, decay, clipping, averaging);
    }

    public Optimization withAveraging(Averaging averaging) {
        return new Optimization(optimizer, rate, decay, clipping, averaging);
    }
}
