package dev.striate.vision.explain;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.text.NearestNames;

/// The layers of a network that explanations ask for.
final class Layers {
    private static final int SUGGESTED = 5;

    private Layers() {}

    /// The layer whose values are the classes' logits: the last, or what comes before a softmax.
    static String logits(Network network) {
        var node = network.nodes().get(network.output());
        while (node.op() instanceof Op.Softmax || node.op() instanceof Op.TreeLogits)
            node = network.nodes().get(node.inputs().getFirst());
        return node.name();
    }

    /// The layer whose values the classes' logits are sums of: what the network has made of the picture at last.
    static String features(Network network) {
        var logits = network.nodes().get(network.index(logits(network)));
        return network.nodes().get(logits.inputs().getFirst()).name();
    }

    /// The last layer whose maps still have places, before whatever pools them: where Grad-CAM looks (Selvaraju et al. 2017,
    /// §3). Refuses a network without such a layer.
    static String lastMap(Network network) {
        var shapes = Shapes.of(network);
        var index = network.index(logits(network));
        while (index > 0) {
            var node = network.nodes().get(index);
            if (shapes.get(index).size().area() > 1 && !isPooling(node.op())) return node.name();
            index = node.inputs().getFirst();
        }
        throw StriateException
                .network("A network with convolutional layers was expected; the layers of " + network.name()
                        + " have no places in the picture.");
    }

    private static boolean isPooling(Op op) {
        return op instanceof Op.MaxPool || op instanceof Op.AvgPool || op instanceof Op.LpPool
                || op instanceof Op.AdaptiveAvgPool || op instanceof Op.Dropout || op instanceof Op.Flatten;
    }

    /// The shape of a layer's values; refuses a name that none has, with the nearest.
    static Shape shape(Network network, String layer) {
        var names = network.nodes().stream().map(Node::name).toList();
        if (names.contains(layer)) return Shapes.of(network).get(network.index(layer));
        throw new StriateException("A layer of " + network.name() + " was expected; received '" + layer
                + "', and the nearest are " + String.join(", ", NearestNames.of(layer, names, SUGGESTED)) + ".");
    }

    /// The same of one that has a channel; refuses others.
    static Shape withChannel(Network network, String layer, int channel) {
        var shape = shape(network, layer);
        if (channel >= 0 && channel < shape.channels()) return shape;
        throw new StriateException("The layer '" + layer + "' has channels 0 to " + (shape.channels() - 1)
                + "; received " + channel + ".");
    }

    /// The same of one that has maps; refuses others.
    static Shape maps(Network network, String layer) {
        var shape = shape(network, layer);
        if (shape.size().area() > 1) return shape;
        throw new StriateException("A layer whose maps have places was expected; '" + layer + "' of " + network.name()
                + " gives " + shape + ".");
    }
}
