package dev.striate.yolo;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.tree.ClassTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Gives a detector's output layers another number of classes or other anchors.
public final class OtherClasses {
    /// Settings about classes that are then no more.
    private static final Set<String> OF_OTHERS = Set.of(RegionHead.TREE_FILE, RegionHead.TREE,
            RegionHead.LABELS_BY_PARENT, "map");

    private OtherClasses() {}

    /// The network with heads for so many classes: the layer before each gets as many outputs as its head then reads.
    public static Network of(Network network, int classes) {
        return with(network, Map.of("classes", String.valueOf(classes)));
    }

    /// The network with a head for the classes of a tree, which pictures without boxes teach where their class's parent is
    /// surest; refuses a network whose heads have no tree.
    public static Network of(Network network, ClassTree tree) {
        for (var output : network.outputs().values()) {
            if (network.nodes().get(output).op() instanceof Op.Detection(var kind, _) && kind.equals("region"))
                continue;
            throw StriateException
                    .network("A tree of classes expects a network whose output is a [region] layer, such as "
                            + "yolov2_small; the output '" + network.nodes().get(output).name() + "' of "
                            + network.name()
                            + " is none.");
        }
        return with(network, Map.of("classes", String.valueOf(tree.size()), RegionHead.TREE, tree.text(),
                RegionHead.LABELS_BY_PARENT, "1"));
    }

    /// The network with other settings of its heads, in the form of a `.cfg`.
    public static Network with(Network network, Map<String, String> settings) {
        var changed = network;
        for (var output : network.outputs().values()) {
            var node = network.nodes().get(output);
            var detection = (Op.Detection) node.op();
            var all = new LinkedHashMap<>(detection.settings());
            if (settings.containsKey("classes")) all.keySet().removeAll(OF_OTHERS);
            all.putAll(settings);
            var other = new Op.Detection(detection.kind(), all);
            changed = changed.withOp(node.name(), other);
            changed = widened(changed, node.inputs().getFirst(), YoloHead.of(other));
        }
        return changed;
    }

    private static Network widened(Network network, int index, YoloHead head) {
        var node = network.nodes().get(index);
        return switch (node.op()) {
            case Op.Conv conv -> widened(network, node, conv, head.channels());
            case Op.Linear linear -> network.withOp(node.name(), new Op.Linear(head.channels(), linear.bias()));
            case Op.Flatten _ -> sharing(network, node, head);
            default -> throw noLayer(network, node);
        };
    }

    private static Network widened(Network network, Node node, Op.Conv conv, int channels) {
        return network.withOp(node.name(), new Op.Conv(channels, conv.window(), conv.groups(), conv.bias()));
    }

    /// Where a convolution answers for all cells of a grid, that of the classes is the first of those joined.
    private static Network sharing(Network network, Node flat, YoloHead head) {
        var first = flat;
        while (first.op() instanceof Op.Flatten || first.op() instanceof Op.Concat
                || first.op() instanceof Op.SpaceToDepth) {
            first = network.nodes().get(first.inputs().getFirst());
        }
        if (first.op() instanceof Op.Conv conv) return widened(network, first, conv, head.classes());
        throw noLayer(network, flat);
    }

    private static StriateException noLayer(Network network, Node node) {
        return StriateException.network("A convolution or a fully connected layer was expected before an output of "
                + network.name() + "; '" + node.name() + "' is " + node.op() + ".");
    }
}
