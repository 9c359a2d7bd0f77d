package dev.striate.graph;

import java.util.List;

/// One step of a network: its unique name, its operation, and the indices of the nodes it reads.
///
/// Indices, not nodes: a record that held its inputs would have a `hashCode` exponential in depth.
public record Node(String name, Op op, List<Integer> inputs) {
    public Node {
        inputs = List.copyOf(inputs);
    }

    /// The inputs whose values it reads: of the map that a crop is like, only the size counts.
    public List<Integer> reads() {
        return op instanceof Op.Crop ? inputs.subList(0, 1) : inputs;
    }
}
