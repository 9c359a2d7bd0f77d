package dev.striate.graph;

import dev.striate.StriateException;
import dev.striate.text.Listing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network: nodes in an order in which each reads only earlier ones, and its outputs by name.
///
/// The main output comes first; further ones are auxiliary heads, which only training uses, or a detector's scales.
/// Node names are those of the published weights, so that loading weights is a lookup.
public record Network(String name, List<Node> nodes, Map<String, Integer> outputs) {
    /// The usual name of the main output.
    public static final String OUTPUT = "output";

    public Network {
        nodes = List.copyOf(nodes);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        checkNodes(name, nodes);
        checkOutputs(name, nodes, outputs);
    }

    private static void checkNodes(String name, List<Node> nodes) {
        var names = new HashSet<String>();
        for (var i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            if (!names.add(node.name()))
                throw StriateException.network(name + " has two nodes named '" + node.name() + "'.");
            if (node.op() instanceof Op.Input != (i == 0)) {
                throw StriateException.network(name + ": the first node, and no other, is the input; '" + node.name()
                        + "' is node " + i + ".");
            }
            if (!node.op().accepts(node.inputs().size())) {
                throw StriateException.network(name + ", node '" + node.name() + "': "
                        + Listing.shortened(node.op().toString()) + " does not take "
                        + node.inputs().size() + " inputs.");
            }
            for (var input : node.inputs()) {
                if (input < 0 || input >= i) {
                    throw StriateException.network(name + ", node '" + node.name() + "' (" + i
                            + ") expects to read an earlier node; received " + input + ".");
                }
            }
        }
    }

    private static void checkOutputs(String name, List<Node> nodes, Map<String, Integer> outputs) {
        if (outputs.isEmpty()) throw StriateException.network(name + " has no output.");
        outputs.forEach((output, index) -> {
            if (index < 0 || index >= nodes.size()) {
                throw StriateException.network(name + ": output '" + output + "' expects a node below " + nodes.size()
                        + "; received " + index + ".");
            }
        });
    }

    /// The shape of one picture.
    public Shape input() {
        return ((Op.Input) nodes.getFirst().op()).shape();
    }

    /// The index of the main output's node.
    public int output() {
        return outputs.values().iterator().next();
    }

    /// The name of the main output.
    public String outputName() {
        return outputs.keySet().iterator().next();
    }

    /// The index of a node by its name; refuses an unknown name.
    public int index(String node) {
        for (var i = 0; i < nodes.size(); i++) if (nodes.get(i).name().equals(node)) return i;
        throw StriateException.network(name + " has no node '" + node + "'.");
    }

    /// The same network for pictures of another shape.
    public Network withInput(Shape shape) {
        var changed = new ArrayList<>(nodes);
        changed.set(0, new Node(nodes.getFirst().name(), new Op.Input(shape), List.of()));
        return new Network(name, changed, outputs);
    }

    public Network withName(String name) {
        return new Network(name, nodes, outputs);
    }

    /// The same network with one operation replaced: another number of classes, another rate.
    public Network withOp(String node, Op op) {
        var changed = new ArrayList<>(nodes);
        var index = index(node);
        changed.set(index, new Node(node, op, nodes.get(index).inputs()));
        return new Network(name, changed, outputs);
    }

    /// The network without what only auxiliary outputs need: what inference runs.
    public Network mainOnly() {
        return outputs.size() == 1 ? this : reaching(Map.of(outputName(), output()));
    }

    /// The part of the network that leads to the named node, which becomes its only output: a feature extractor.
    public Network upTo(String node) {
        return reaching(Map.of(node, index(node)));
    }

    /// The part of the network that leads to these outputs, renumbered.
    public Network reaching(Map<String, Integer> wanted) {
        var needed = new boolean[nodes.size()];
        needed[0] = true;
        wanted.values().forEach(index -> needed[index] = true);
        for (var i = nodes.size() - 1; i >= 0; i--) {
            if (needed[i]) nodes.get(i).inputs().forEach(input -> needed[input] = true);
        }
        var renumbered = new int[nodes.size()];
        var kept = new ArrayList<Node>();
        for (var i = 0; i < nodes.size(); i++) {
            if (!needed[i]) continue;
            renumbered[i] = kept.size();
            var inputs = nodes.get(i).inputs().stream()
                    .map(input -> renumbered[input])
                    .toList();
            kept.add(new Node(nodes.get(i).name(), nodes.get(i).op(), inputs));
        }
        var outputs = new LinkedHashMap<String, Integer>();
        wanted.forEach((output, index) -> outputs.put(output, renumbered[index]));
        return new Network(name, kept, outputs);
    }
}
