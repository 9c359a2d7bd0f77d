package dev.striate.yolo;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.tree.ClassTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Gives a detector's output layers another number of classes or other anchors.
public final class OtherClasses {
    /// Settings about classes that are then no more.
    private static final Set<String> OF_OTHERS = Set.of(RegionHead.TREE_FILE, RegionHead.TREE, "map");

    private OtherClasses() {}

    /// The network with heads for so many classes: the layer before each gets as many outputs as its head then reads.
    public static Network of(Network network, int classes) {
        return with(network, Map.of("classes", String.valueOf(classes)));
    }

    /// The network with a head for the classes of a tree; refuses one whose heads have none.
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
        return with(network, Map.of("classes", String.valueOf(tree.size()), RegionHead.TREE, tree.text()));
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
            changed = widened(changed, node.inputs().getFirst(), YoloHead.channels(other));
        }
        return changed;
    }

    private static Network widened(Network network, int index, int channels) {
        var node = network.nodes().get(index);
        return switch (node.op()) {
            case Op.Conv conv -> network.withOp(node.name(),
                    new Op.Conv(channels, conv.window(), conv.groups(), conv.bias()));
            case Op.Linear linear -> network.withOp(node.name(), new Op.Linear(channels, linear.bias()));
            default -> throw StriateException.network("A convolution or a fully connected layer was expected before an "
                    + "output of " + network.name() + "; '" + node.name() + "' is " + node.op() + ".");
        };
    }
}
