package dev.striate.graph;

import dev.striate.tree.ClassTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The tree of a classifier's classes, which is the last node of a network that has one.
public final class ClassTrees {
    private static final String NODE = "tree";

    private ClassTrees() {}

    /// How the main output's classes are kinds of one another, where they are.
    public static Optional<Op.TreeLogits> of(Network network) {
        return network.nodes().get(network.output()).op() instanceof Op.TreeLogits logits ? Optional.of(logits)
                : Optional.empty();
    }

    /// The network with this tree in place of any other; its main output has a value for each of the tree's classes.
    public static Network with(Network network, ClassTree tree) {
        var logits = without(network);
        var nodes = new ArrayList<>(logits.nodes());
        nodes.add(new Node(NODE, new Op.TreeLogits(tree), List.of(logits.output())));
        var outputs = new LinkedHashMap<>(logits.outputs());
        outputs.put(logits.outputName(), nodes.size() - 1);
        return new Network(logits.name(), nodes, outputs, logits.auxiliary());
    }

    /// The network whose classes all exclude one another.
    public static Network without(Network network) {
        if (of(network).isEmpty()) return network;
        var outputs = new LinkedHashMap<>(network.outputs());
        outputs.put(network.outputName(), network.nodes().get(network.output()).inputs().getFirst());
        return network.reaching(outputs);
    }
}
