package dev.striate.recipe;

import dev.striate.json.Former;
import java.util.List;

/// An optimisation as texts had it before layers could have rates of their own.
record OneRate(Optimizer optimizer, double rate, WeightDecay decay, Clipping clipping, Averaging averaging)
        implements
        Former<Optimization> {
    @Override
    public Optimization now() {
        return new Optimization(optimizer, rate, decay, clipping, averaging, List.of());
    }
}
