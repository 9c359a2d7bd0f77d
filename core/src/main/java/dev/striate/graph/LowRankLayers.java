package dev.striate.graph;

import dev.striate.StriateException;
import java.util.ArrayList;
import java.util.List;

/// Fully connected layers of lower rank: each becomes two, the first without a bias, with `rank` values between them
/// (Girshick 2015, §3.1).
public final class LowRankLayers {
    private static final String FIRST = "_rank";

    private LowRankLayers() {}

    /// The name of the first of both; the second keeps the layer's own.
    public static String first(String layer) {
        return layer + FIRST;
    }

    /// The network with one layer as two; refuses a node that is no fully connected layer, and a rank that saves no weights.
    public static Network factorised(Network network, String layer, int rank) {
        var most = mostRank(network, layer);
        if (rank < 1 || rank > most) {
            throw StriateException.network("The layer '" + layer + "' expects a rank from 1 to " + most
                    + ", above which two layers have no fewer weights than the one; received " + rank + ".");
        }
        var index = network.index(layer);
        var nodes = new ArrayList<Node>();
        for (var i = 0; i < network.nodes().size(); i++) {
            var node = network.nodes().get(i);
            if (i == index) {
                nodes.add(new Node(first(layer), new Op.Linear(rank, false), node.inputs()));
                nodes.add(new Node(layer, node.op(), List.of(index)));
            } else {
                nodes.add(new Node(node.name(), node.op(),
                        node.inputs().stream().map(input -> input < index ? input : input + 1).toList()));
            }
        }
        return network.withNodes(nodes, output -> output < index ? output : output + 1);
    }

    /// The largest rank at which two layers have fewer weights than the one.
    private static int mostRank(Network network, String layer) {
        var names = network.nodes().stream().filter(node -> node.op() instanceof Op.Linear).map(Node::name).toList();
        if (!names.contains(layer)) {
            throw StriateException.network("A fully connected layer of " + network.name() + " was expected ("
                    + String.join(", ", names) + "); received '" + layer + "'.");
        }
        var index = network.index(layer);
        var shapes = Shapes.of(network);
        var read = shapes.get(network.nodes().get(index).inputs().getFirst()).elements();
        var given = shapes.get(index).elements();
        return Math.toIntExact((read * given - 1) / (read + given));
    }
}
