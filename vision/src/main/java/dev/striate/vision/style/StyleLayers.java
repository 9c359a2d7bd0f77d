package dev.striate.vision.style;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import dev.striate.text.NearestNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The layers of a network that see content and style. `conv4_2` is the ReLU behind the second convolution of the fourth stage,
/// as VGG's layers are called; stages end where maps shrink. Nodes' own names do as well.
record StyleLayers(Network network, SequencedMap<String, String> byPlace) {
    private static final int SUGGESTED = 5;

    static StyleLayers of(Network network) {
        var byPlace = new LinkedHashMap<String, String>();
        var shapes = Shapes.of(network);
        var stage = 1;
        var place = 0;
        var size = new Size(0, 0);
        for (var i = 0; i < network.nodes().size(); i++) {
            var node = network.nodes().get(i);
            if (!isActivation(node.op()) || shapes.get(i).size().area() < 2) continue;
            if (place > 0 && !shapes.get(i).size().equals(size)) {
                stage++;
                place = 0;
            }
            size = shapes.get(i).size();
            place++;
            byPlace.put("conv" + stage + "_" + place, node.name());
        }
        if (byPlace.isEmpty()) {
            throw StriateException.network("Style transfer expects a network with convolutional layers and ReLUs; "
                    + network.name() + " has none.");
        }
        return new StyleLayers(network, byPlace);
    }

    private static boolean isActivation(Op op) {
        return op instanceof Op.Relu || op instanceof Op.LeakyRelu;
    }

    /// The name of a node, by its own or its place's; refuses others, with the nearest.
    String node(String layer) {
        var names = network.nodes().stream().map(Node::name).toList();
        if (byPlace.containsKey(layer)) return byPlace.get(layer);
        if (names.contains(layer)) return layer;
        var all = new ArrayList<>(byPlace.keySet());
        all.addAll(names);
        throw new StriateException("A layer of " + network.name() + " was expected; received '" + layer
                + "', and the nearest are " + String.join(", ", NearestNames.of(layer, all, SUGGESTED)) + ".");
    }

    /// What layers weigh, by the names of their nodes.
    SequencedMap<String, Double> weights(Map<String, Double> layers, double whole) {
        var weights = new LinkedHashMap<String, Double>();
        layers.forEach((name, weight) -> weights.merge(node(name), whole * weight, Double::sum));
        return weights;
    }

    /// The paper's: the second layer of the fourth stage, or of the last that there is.
    Map<String, Double> usualContent() {
        for (var stage = 4; stage >= 1; stage--) {
            for (var place = 2; place >= 1; place--) {
                if (byPlace.containsKey("conv" + stage + "_" + place)) return Map.of("conv" + stage + "_" + place, 1.0);
            }
        }
        return Map.of(byPlace.firstEntry().getKey(), 1.0);
    }

    /// The paper's: the first layer of each of five stages, all alike.
    Map<String, Double> usualStyle() {
        var firsts = List.of(1, 2, 3, 4, 5).stream().map(stage -> "conv" + stage + "_1").filter(byPlace::containsKey)
                .toList();
        var weights = new LinkedHashMap<String, Double>();
        firsts.forEach(name -> weights.put(name, 1.0 / firsts.size()));
        return weights;
    }

    /// The part of the network up to some of its nodes, for pictures of another size.
    static Network upTo(Network network, Iterable<String> nodes, Size size) {
        var wanted = new LinkedHashMap<String, Integer>();
        for (var node : nodes) wanted.put(node, network.index(node));
        var part = network.reaching(wanted);
        return part.withInput(new Shape(part.input().channels(), size.height(), size.width()));
    }

    /// The network with averages in place of largest values (§2 of the paper).
    static Network averaged(Network network) {
        var changed = network;
        for (var node : network.nodes()) {
            if (node.op() instanceof Op.MaxPool(var window, var ceil)) {
                changed = changed.withOp(node.name(), new Op.AvgPool(window, ceil, false));
            }
        }
        return changed;
    }
}
