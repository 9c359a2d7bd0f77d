package dev.striate.torch;

import dev.striate.darknet.DarknetNetwork;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// A network whose gradients go astray where those of Darknet's processor code do.
///
/// There a convolution of 1×1 writes the gradient of the layer before over what later readers of that layer (shortcuts,
/// routes) have added to it. Here those read a twin, of the same values and with weights of its own, which takes up what
/// they give back.
final class OverwrittenGradients {
    /// How the names of twins begin.
    static final String TWIN = "twin.";

    private final Network network;
    /// The convolution of each node that is written over.
    private final Map<Integer, Integer> overwriting = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, Integer> places = new HashMap<>();
    private final Map<Integer, Integer> twins = new HashMap<>(Map.of(0, 0));

    private OverwrittenGradients(DarknetNetwork darknet) {
        network = darknet.network();
        var layers = darknet.layers();
        var names = network.nodes().stream().map(Node::name).toList();
        for (var i = 1; i < layers.size(); i++) {
            // A route has no node of its own.
            var layer = names.indexOf("layer" + i);
            if (layer >= 0 && network.nodes().get(layer).op() instanceof Op.Conv conv
                    && conv.window().kernel().equals(Size.ONE)) {
                overwriting.putIfAbsent(network.index(layers.get(i - 1)), layer);
            }
        }
    }

    /// Where no gradient is lost, the same nodes.
    static Network of(DarknetNetwork darknet) {
        return new OverwrittenGradients(darknet).built();
    }

    private Network built() {
        for (var i = 0; i < network.nodes().size(); i++) {
            var reader = i;
            places.put(i, nodes.size());
            add(network.nodes().get(i), "", input -> isLost(input, reader) ? twins.get(input) : places.get(input));
            if (hasLost(i)) addTwins(i);
        }
        var outputs = new LinkedHashMap<>(network.outputs());
        outputs.replaceAll((_, index) -> places.get(index));
        return new Network(network.name(), nodes, outputs, network.auxiliary());
    }

    private boolean isLost(int input, int reader) {
        return overwriting.getOrDefault(input, reader) < reader;
    }

    private boolean hasLost(int node) {
        for (var i = node + 1; i < network.nodes().size(); i++) {
            if (isLost(node, i) && network.nodes().get(i).inputs().contains(node)) return true;
        }
        return false;
    }

    private void addTwins(int node) {
        for (var ancestor : ancestors(node)) {
            if (twins.containsKey(ancestor)) continue;
            twins.put(ancestor, nodes.size());
            add(network.nodes().get(ancestor), TWIN, twins::get);
        }
    }

    private TreeSet<Integer> ancestors(int node) {
        var all = new TreeSet<>(List.of(node));
        for (var input : network.nodes().get(node).inputs()) all.addAll(ancestors(input));
        return all;
    }

    private void add(Node node, String prefix, UnaryOperator<Integer> place) {
        nodes.add(new Node(prefix + node.name(), node.op(), node.inputs().stream().map(place).toList()));
    }
}
