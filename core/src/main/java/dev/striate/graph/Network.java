package dev.striate.graph;

import dev.striate.StriateException;
import dev.striate.json.Formerly;
import dev.striate.text.Listing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/// A network: nodes in an order in which each reads only earlier ones, and its outputs by name.
///
/// The main output comes first; a detector has further ones for its other scales. Node names are those of the published
/// weights, so that loading weights is a lookup.
///
/// @param auxiliary the names of the outputs that only training uses (GoogLeNet's heads); never the main one's
@Formerly(Unmarked.class)
public record Network(String name, List<Node> nodes, Map<String, Integer> outputs, Set<String> auxiliary) {
    /// The usual name of the main output.
    public static final String OUTPUT = "output";

    public Network {
        nodes = List.copyOf(nodes);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        checkNodes(name, nodes);
        checkOutputs(name, nodes, outputs);
        checkAuxiliary(name, outputs, auxiliary);
        auxiliary = outputs.keySet().stream().filter(auxiliary::contains).collect(Collectors.collectingAndThen(
                Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
    }

    /// A network all of whose outputs count at inference.
    public Network(String name, List<Node> nodes, Map<String, Integer> outputs) {
        this(name, nodes, outputs, Set.of());
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

    private static void checkAuxiliary(String name, Map<String, Integer> outputs, Set<String> auxiliary) {
        for (var output : auxiliary) {
            if (!outputs.containsKey(output)) {
                throw new StriateException(name + ": an auxiliary output is expected among " + outputs.keySet()
                        + "; received '" + output + "'.");
            }
        }
        var main = outputs.keySet().iterator().next();
        if (auxiliary.contains(main)) {
            throw new StriateException(name + ": the main output '" + main + "' cannot be auxiliary.");
        }
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
        return new Network(name, changed, outputs, auxiliary);
    }

    public Network withName(String name) {
        return new Network(name, nodes, outputs, auxiliary);
    }

    /// The same network with one operation replaced: another number of classes, another rate.
    public Network withOp(String node, Op op) {
        var changed = new ArrayList<>(nodes);
        var index = index(node);
        changed.set(index, new Node(node, op, nodes.get(index).inputs()));
        return new Network(name, changed, outputs, auxiliary);
    }

    /// The network with other nodes, and where each output's node is among them.
    Network withNodes(List<Node> changed, IntUnaryOperator place) {
        var moved = new LinkedHashMap<String, Integer>();
        outputs.forEach((output, index) -> moved.put(output, place.applyAsInt(index)));
        return new Network(name, changed, moved, auxiliary);
    }

    /// The network without its auxiliary outputs and what only they need: what inference runs.
    public Network atInference() {
        if (auxiliary.isEmpty()) return this;
        var wanted = new LinkedHashMap<>(outputs);
        wanted.keySet().removeAll(auxiliary);
        return reaching(wanted);
    }

    /// The part of the network that leads to the named node, which becomes its only output: a feature extractor.
    public Network upTo(String node) {
        return reaching(Map.of(node, index(node)));
    }

    /// The part of the network that leads to these outputs, renumbered; the first is the main one, and those further ones
    /// stay auxiliary that are.
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
        return new Network(name, kept, outputs, stillAuxiliary(wanted));
    }

    /// The part of the network behind a node, with what that node gives as its input: those outputs that depend on it.
    /// Refuses a part that reads more of the network than that one node.
    public Network behind(String node) {
        var start = index(node);
        var renumbered = new int[nodes.size()];
        var kept = new ArrayList<Node>();
        kept.add(new Node(node, new Op.Input(Shapes.of(this).get(start)), List.of()));
        for (var i = start + 1; i < nodes.size(); i++) {
            var inputs = nodes.get(i).inputs();
            var inside = inputs.stream().filter(input -> input == start || renumbered[input] > 0).count();
            if (inside == 0) continue;
            if (inside < inputs.size()) {
                throw StriateException.network("What is behind '" + node + "' expects to read nothing else of " + name
                        + "; '" + nodes.get(i).name() + "' does.");
            }
            renumbered[i] = kept.size();
            kept.add(new Node(nodes.get(i).name(), nodes.get(i).op(),
                    inputs.stream().map(input -> renumbered[input]).toList()));
        }
        var behind = new LinkedHashMap<String, Integer>();
        outputs.forEach((output, index) -> {
            if (renumbered[index] > 0) behind.put(output, renumbered[index]);
        });
        return new Network(name, kept, behind);
    }

    private Set<String> stillAuxiliary(Map<String, Integer> wanted) {
        return wanted.entrySet().stream().skip(1)
                .filter(output -> auxiliary.contains(output.getKey())
                        && output.getValue().equals(outputs.get(output.getKey())))
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
