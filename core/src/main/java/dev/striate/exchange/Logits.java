package dev.striate.exchange;

import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where the softmax of a classifier is: Darknet has it at the end of the network, here it belongs to the loss and to the
/// reading of the answers.
public final class Logits {
    private Logits() {}

    /// The network up to what its last softmax reads, where it ends in one.
    public static Network of(Network network) {
        var output = network.nodes().get(network.output());
        if (network.outputs().size() > 1 || !(output.op() instanceof Op.Softmax)) return network;
        return network.reaching(Map.of(network.outputName(), output.inputs().getFirst()));
    }

    /// The network with a softmax behind it, where it ends in a value for each of several classes.
    static Network normalised(Network network) {
        if (network.outputs().size() > 1) return network;
        var output = network.nodes().get(network.output());
        var shape = Shapes.of(network).get(network.output());
        if (output.op() instanceof Op.Softmax || output.op() instanceof Op.TreeLogits) return network;
        if (!shape.isVector() || shape.channels() < 2) return network;
        var nodes = new ArrayList<>(network.nodes());
        nodes.add(new Node("softmax", new Op.Softmax(), List.of(network.output())));
        return new Network(network.name(), nodes, Map.of(network.outputName(), nodes.size() - 1));
    }
}
