package dev.striate.graph;

import java.util.List;

/// One named tensor of a network: `layer1.0.conv1.weight`, its shape, its role, and the index of its node.
public record Parameter(String name, List<Integer> shape, Role role, int node) {
    public Parameter {
        shape = List.copyOf(shape);
    }

    /// What a tensor is for; it decides how it starts, whether it is trained, and whether weight decay touches it.
    public enum Role {
        WEIGHT,
        /// Of a layer that computes what its network's paper fixes: counted, and never moved by an optimiser.
        FIXED_WEIGHT,
        BIAS,
        NORM_SCALE,
        NORM_SHIFT,
        RUNNING_MEAN,
        RUNNING_VARIANCE
    }

    public long elements() {
        return shape.stream().mapToLong(i -> i).reduce(1, (a, b) -> a * b);
    }

    /// Whether gradients reach it: running statistics are kept, not trained.
    public boolean trainable() {
        return role != Role.RUNNING_MEAN && role != Role.RUNNING_VARIANCE;
    }
}
