package dev.striate.recipe;

import dev.striate.graph.Network;
import dev.striate.graph.Op;
import java.util.Optional;

/// Finds the layer whose rectified sums are an output of the network, at most averaged and reshaped.
final class RectifiedOutput {
    private RectifiedOutput() {}

    /// The index of the layer, where a ReLU stands between it and the output.
    static Optional<Integer> layer(Network network, int output) {
        var node = network.nodes().get(output);
        if (node.op() instanceof Op.Relu) return Optional.of(node.inputs().getFirst());
        return keepsZeros(node.op()) ? layer(network, node.inputs().getFirst()) : Optional.empty();
    }

    private static boolean keepsZeros(Op op) {
        return op instanceof Op.Flatten || op instanceof Op.Dropout || op instanceof Op.AvgPool
                || op instanceof Op.AdaptiveAvgPool;
    }
}
