package dev.striate.vision.localise;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The two last layers of a network that localises: one that decides between classes, and one that gives boxes, each of
/// four values: centre, width and height as shares of the input's sides.
final class BoxHead {
    static final String OUTPUT = "box";
    static final int COORDINATES = 4;
    /// Larger maps are averaged to so many rows and columns: enough to say where, and few enough weights to be steady.
    private static final int CELLS = 8;
    /// Boxes begin in the middle, half as large as the picture: as random as fresh classes they would drown those.
    private static final double START = 0.1;

    private BoxHead() {}

    /// Whether a network gives a class and, by its second output, one box or one for each class.
    static boolean fits(Network network, int classes) {
        if (network.outputs().size() != 2) return false;
        var shapes = network.outputs().values().stream().map(Shapes.of(network)::get).map(Shape::elements).toList();
        return shapes.get(0) == classes && (shapes.get(1) == COORDINATES || shapes.get(1) == COORDINATES * classes);
    }

    /// A classifier with a box beside its classes; one that has a box already gets other numbers of classes. The box reads
    /// what the classes do but, where that is an average over all places, which no longer knows where, what is averaged.
    ///
    /// Its values pass a sigmoid, so that no box is larger than the picture or has its middle outside.
    ///
    /// @param boxes how many boxes there are: one, or one for each class
    static Network withBox(Network network, int classes, int boxes) {
        var body = network.reaching(Map.of(network.outputName(), network.output()));
        var head = head(body);
        var changed = body.withOp(head.name(), widened(head.op(), classes));
        var nodes = new ArrayList<>(changed.nodes());
        var source = source(body, head.inputs().getFirst());
        var shape = Shapes.of(body).get(source);
        if (!shape.isVector()) {
            if (Math.max(shape.height(), shape.width()) > CELLS) {
                source = add(nodes, "box_cells", new Op.AdaptiveAvgPool(Size.square(CELLS)), source);
            }
            source = add(nodes, "box_flat", new Op.Flatten(), source);
        }
        var values = add(nodes, OUTPUT, new Op.Linear(COORDINATES * boxes, true), source);
        var small = add(nodes, "box_small", new Op.Scale(START), values);
        var outputs = new LinkedHashMap<String, Integer>();
        outputs.put(body.outputName(), body.output());
        outputs.put(OUTPUT, add(nodes, "box_share", new Op.Sigmoid(), small));
        return new Network(network.name(), nodes, outputs);
    }

    private static int add(List<Node> nodes, String name, Op op, int input) {
        nodes.add(new Node(name, op, List.of(input)));
        return nodes.size() - 1;
    }

    private static Op widened(Op op, int classes) {
        return op instanceof Op.Conv conv ? new Op.Conv(classes, conv.window(), conv.groups(), conv.bias())
                : new Op.Linear(classes, ((Op.Linear) op).bias());
    }

    /// The last convolution or fully connected layer before the main output.
    private static Node head(Network network) {
        var node = network.nodes().get(network.output());
        while (!(node.op() instanceof Op.Linear || node.op() instanceof Op.Conv)) {
            if (node.inputs().size() != 1) {
                throw StriateException
                        .network("Localisation expects a classifier, whose last layer is a convolution or "
                                + "fully connected; in " + network.name() + " it is '" + node.name() + "', " + node.op()
                                + ".");
            }
            node = network.nodes().get(node.inputs().getFirst());
        }
        return node;
    }

    private static int source(Network network, int index) {
        var node = network.nodes().get(index);
        return switch (node.op()) {
            case Op.AdaptiveAvgPool(Size size) when size.equals(Size.ONE) -> node.inputs().getFirst();
            case Op.Flatten _,Op.Dropout _ -> source(network, node.inputs().getFirst());
            default -> index;
        };
    }
}
