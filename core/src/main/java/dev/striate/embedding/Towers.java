package dev.striate.embedding;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of a network that tells whether two pictures show the same.
///
/// @param tower reads a picture and gives its embedding, a vector
/// @param join reads the difference of two embeddings and gives the logit of "the same" (Koch et al. 2015); none where the
///        Euclidean distance of the embeddings says it
public record Towers(Network tower, Optional<Network> join) {
    /// The fully connected layer of an embedding that was put behind a layer, and what it reads.
    public static final String EMBEDDING = "embedding";
    public static final String PARTS_IN_A_ROW = "embedding.flat";
    private static final double TINY = 1e-12;
    /// The parts of a picture along its longer side.
    private static final int PARTS = 7;

    /// Whether a network compares pictures in pairs itself.
    public static boolean comparePairs(Network network) {
        return network.nodes().stream().anyMatch(node -> node.op() instanceof Op.PairDifference);
    }

    /// The parts of a network; refuses one whose embedding is no vector, and one that compares pairs more than once.
    public static Towers of(Network network) {
        var inference = network.atInference();
        var places = inference.nodes().stream().filter(node -> node.op() instanceof Op.PairDifference).toList();
        if (places.isEmpty()) return new Towers(vector(inference, inference.output()), Optional.empty());
        if (places.size() > 1) {
            throw StriateException.network("One difference of a pair was expected; " + network.name() + " has "
                    + places.size() + ".");
        }
        var place = places.getFirst();
        var join = inference.behind(place.name());
        var values = Shapes.of(join).get(join.output()).elements();
        if (values != 1) {
            throw StriateException.network("One value behind the difference of a pair was expected, the logit of \"the "
                    + "same\"; " + network.name() + " gives " + values + ".");
        }
        return new Towers(vector(inference, place.inputs().getFirst()), Optional.of(join));
    }

    private static Network vector(Network network, int node) {
        var shape = Shapes.of(network).get(node);
        if (shape.size().area() == 1) return network.reaching(Map.of(Network.OUTPUT, node));
        throw StriateException.network("An embedding is a vector; '" + network.nodes().get(node).name() + "' of "
                + network.name() + " gives " + shape + ".");
    }

    /// The length of an embedding.
    public int dimensions() {
        return Math.toIntExact(Shapes.of(tower).get(tower.output()).elements());
    }

    /// A network that gives embeddings of length 1: one that does, or compares pairs, as it is; a classifier with its last
    /// layer made one of so many values, which then starts afresh.
    public static Network fitted(Network network, int length) {
        var inference = network.atInference();
        var last = inference.nodes().get(inference.output());
        if (comparePairs(network) || last.op() instanceof Op.L2Norm) return network;
        if (!(last.op() instanceof Op.Linear linear)) {
            throw StriateException.network("A network for verification ends in a fully connected layer or an L2 norm; "
                    + network.name() + " ends in '" + last.name() + "', " + last.op() + ".");
        }
        return followed(inference.withOp(last.name(), new Op.Linear(length, linear.bias())),
                List.of(new Node(last.name() + ".unit", new Op.L2Norm(TINY), List.of(inference.output()))));
    }

    /// A network that gives embeddings of length 1 by what one of its layers shows, averaged in at most 7×7 parts of the
    /// picture: where things are is not lost, as it is where a classifier averages over the whole.
    public static Network fitted(Network network, int length, String layer) {
        var trunk = network.atInference().upTo(layer);
        var map = Shapes.of(trunk).get(trunk.output()).size();
        var share = Math.min(1.0, (double) PARTS / Math.max(map.height(), map.width()));
        var parts = new Size(Math.max(1, (int) Math.round(share * map.height())),
                Math.max(1, (int) Math.round(share * map.width())));
        var end = trunk.nodes().size();
        return followed(trunk, List.of(
                new Node("embedding.parts", new Op.AdaptiveAvgPool(parts), List.of(trunk.output())),
                new Node(PARTS_IN_A_ROW, new Op.Flatten(), List.of(end)),
                new Node(EMBEDDING, new Op.Linear(length, true), List.of(end + 1)),
                new Node("embedding.unit", new Op.L2Norm(TINY), List.of(end + 2))));
    }

    private static Network followed(Network network, List<Node> further) {
        var nodes = new ArrayList<>(network.nodes());
        nodes.addAll(further);
        return new Network(network.name(), nodes, Map.of(Network.OUTPUT, nodes.size() - 1));
    }
}
