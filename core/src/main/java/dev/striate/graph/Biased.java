package dev.striate.graph;

import dev.striate.json.Former;

/// A batch normalisation as texts had it before there was Darknet's: all of them divided by n.
record Biased(double epsilon, double momentum) implements Former<Op.BatchNorm> {
    @Override
    public Op.BatchNorm now() {
        return new Op.BatchNorm(epsilon, momentum);
    }
}
