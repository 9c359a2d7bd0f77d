package dev.striate.torch;

import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import java.util.List;
import java.util.stream.IntStream;

/// A network prepared for running: a kernel for each node, and what can be known of every run before the first.
///
/// It knows where an operation may write over its input, when a value is last read, and which values the backward
/// pass needs.
final class ExecutionGraph {
    private final Network network;
    private final Kernel[] kernels;
    private final Liveness liveness;
    private final GradientFlow flow;
    private final boolean[] kept;
    private final List<PreparedNode> nodes;

    ExecutionGraph(Network network, Purpose purpose) {
        this.network = network;
        var shapes = Shapes.of(network);
        liveness = Liveness.of(network);
        flow = GradientFlow.of(network, purpose.trained(), purpose.pictureGradient());
        kernels = Kernels.of(network, shapes, purpose, flow, liveness);
        kept = KeptValues.of(network, kernels, flow, purpose.recompute());
        nodes = IntStream.range(0, kernels.length).mapToObj(i -> prepare(i, shapes)).toList();
    }

    private PreparedNode prepare(int i, List<Shape> shapes) {
        var node = network.nodes().get(i);
        var inputs = node.inputs().stream().mapToInt(input -> input).toArray();
        var channels = node.inputs().stream().mapToInt(input -> shapes.get(input).channels()).toArray();
        return new PreparedNode(i, node.name(), kernels[i], inputs, channels, flow.frozen()[i], flow.reaches()[i],
                target(i, inputs, true), target(i, inputs, false));
    }

    /// The first input that nobody else reads, that is its producer's own memory, and that the backward pass can miss.
    private int target(int i, int[] inputs, boolean returns) {
        if (!kernels[i].canOverwrite()) return -1;
        for (var k = 0; k < inputs.length; k++) {
            var input = inputs[k];
            var own = !(network.nodes().get(input).op() instanceof Op.Input) && !kernels[input].aliases();
            if (own && liveness.isReadOnlyBy(i, input) && !(returns && kept[input])) return k;
        }
        return -1;
    }

    Network network() {
        return network;
    }

    List<PreparedNode> nodes() {
        return nodes;
    }

    boolean differentiable(int node) {
        return flow.reaches()[node];
    }

    /// Whether the backward pass needs a node's output, and so forward keeps it.
    boolean kept(int node) {
        return kept[node];
    }

    /// The last node that reads this node's output, or [Liveness#CALLER].
    int lastReader(int node) {
        return liveness.lastReader()[node];
    }
}
