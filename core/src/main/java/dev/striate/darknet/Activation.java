package dev.striate.darknet;

import dev.striate.graph.Layer;
import dev.striate.graph.Op;
import java.util.Locale;
import java.util.Optional;

/// Darknet's activations, those of them that run here.
enum Activation {
    LINEAR(Optional.empty()),
    LEAKY(Optional.of(new Op.LeakyRelu(0.1))),
    RELU(Optional.of(new Op.Relu())),
    LOGISTIC(Optional.of(new Op.Sigmoid())),
    TANH(Optional.of(new Op.Tanh()));

    private final Optional<Op> op;

    Activation(Optional<Op> op) {
        this.op = op;
    }

    Layer after(Layer x, String name) {
        return op.map(activation -> x.at(name + ".activation").then(activation)).orElse(x);
    }

    static Optional<Activation> of(Op op) {
        for (var activation : values()) if (activation.op.equals(Optional.of(op))) return Optional.of(activation);
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
