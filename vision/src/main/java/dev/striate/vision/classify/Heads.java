package dev.striate.vision.classify;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shapes;
import dev.striate.text.Listing;
import java.util.List;

/// The last layers of a classifier, which decide between its classes.
public final class Heads {
    private Heads() {}

    /// The last convolution or fully connected layer before an output.
    public static String of(Network network, int output) {
        var index = output;
        while (true) {
            var node = network.nodes().get(index);
            if (node.op() instanceof Op.Linear || node.op() instanceof Op.Conv) return node.name();
            if (node.inputs().size() != 1) {
                throw StriateException.network("A classifier was expected, whose last layer is a convolution or fully "
                        + "connected; in " + network.name() + " it is '" + node.name() + "', "
                        + Listing.shortened(node.op().toString()) + ".");
            }
            index = node.inputs().getFirst();
        }
    }

    /// Refuses a network that does not give a value for each class.
    static void check(Network network, List<String> classes) {
        var output = Shapes.of(network).get(network.output());
        if (output.elements() != classes.size()) {
            throw StriateException.network("The network " + network.name() + " gives " + output.elements()
                    + " values; the pictures are of " + classes.size() + " classes.");
        }
    }

    /// The network for another number of classes: each output's last layer gets another width, and needs fresh weights.
    public static Network withClasses(Network network, int classes) {
        var changed = network;
        for (var output : network.outputs().values()) {
            var name = of(network, output);
            var op = network.nodes().get(network.index(name)).op();
            if (op instanceof Op.Linear linear) changed = changed.withOp(name, new Op.Linear(classes, linear.bias()));
            if (op instanceof Op.Conv conv) {
                changed = changed.withOp(name, new Op.Conv(classes, conv.window(), conv.groups(), conv.bias()));
            }
        }
        return changed;
    }
}
