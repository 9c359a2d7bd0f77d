package dev.striate.torch;

import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameter;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A network prepared for running: a kernel for each node, and what can be known of every run before the first.
///
/// It knows where an operation may write over its input, when a value is last read, and which values the backward
/// pass needs.
final class Program {
    private final Network network;
    private final List<Prepared> nodes = new ArrayList<>();
    private final boolean[] differentiable;
    private final boolean[] kept;
    private final int[] readers;
    private final int[] lastReader;

    /// A node as a pass sees it. The targets are the inputs that the output may be written over, or −1.
    record Prepared(int index, String name, Kernel kernel, int[] inputs, int[] channels, boolean frozen,
            boolean differentiable,
            int trainingTarget, int inferenceTarget) {}

    /// @param trained which parameters are trained; a node none of whose parameters is trained is frozen
    /// @param inputGradient whether the gradient of the pictures themselves will be asked for
    Program(Network network, List<Parameter> parameters, Predicate<Parameter> trained, boolean inputGradient,
            boolean recompute) {
        this(network, parameters, trained, inputGradient, recompute, false);
    }

    /// @param fused whether trained normalisations and the ReLUs after them run as one [FusedNormalisation], and
    ///     convolutions as [WinogradKernel]'s or [FusedConvolution]s
    Program(Network network, List<Parameter> parameters, Predicate<Parameter> trained, boolean inputGradient,
            boolean recompute, boolean fused) {
        this.network = network;
        var shapes = Shapes.of(network);
        var count = network.nodes().size();
        differentiable = new boolean[count];
        kept = new boolean[count];
        readers = new int[count];
        lastReader = new int[count];
        for (var i = 0; i < count; i++) {
            for (var input : network.nodes().get(i).inputs()) {
                readers[input]++;
                lastReader[input] = i;
            }
        }
        var trainedNodes = new HashSet<Integer>();
        var frozenNodes = new HashSet<Integer>();
        for (var parameter : parameters) {
            if (!parameter.trainable()) continue;
            (trained.test(parameter) ? trainedNodes : frozenNodes).add(parameter.node());
        }
        frozenNodes.removeAll(trainedNodes);
        differentiable[0] = inputGradient;
        var kernels = new Kernel[count];
        for (var i = 0; i < count; i++) {
            var node = network.nodes().get(i);
            var x = node.inputs().isEmpty() ? shapes.get(i) : shapes.get(node.inputs().getFirst());
            kernels[i] = fused ? fused(i, kernels, trainedNodes, x, shapes.get(i))
                    : Kernels.of(node.op(), x, shapes.get(i));
            for (var input : node.inputs()) differentiable[i] |= differentiable[input];
            differentiable[i] |= trainedNodes.contains(i);
        }
        for (var output : network.outputs().values()) lastReader[output] = Integer.MAX_VALUE;
        for (var i = 0; i < count; i++) {
            if (!differentiable[i]) continue;
            kept[i] |= kernels[i].readsOutput();
            if (kernels[i].readsInputs()) for (var input : network.nodes().get(i).inputs()) kept[input] = true;
        }
        if (recompute) for (var i = count - 1; i > 0; i--) drop(i, kernels);
        for (var i = 0; i < count; i++) prepare(i, kernels, shapes, frozenNodes);
    }

    /// The normalisation takes over a ReLU that is its only reader, which then only passes the value on.
    private Kernel fused(int i, Kernel[] kernels, Set<Integer> trained, Shape x, Shape y) {
        var node = network.nodes().get(i);
        if (node.op() instanceof Op.BatchNorm norm && trained.contains(i)) {
            return new FusedNormalisation(norm, rectified(i), y);
        }
        if (node.op() instanceof Op.Relu && kernels[node.inputs().getFirst()] instanceof FusedNormalisation
                && rectified(node.inputs().getFirst())) {
            return new Kernels.Passing();
        }
        if (node.op() instanceof Op.Conv conv) return WinogradKernel.of(conv, x, y);
        if (node.op() instanceof Op.Linear linear) return FusedProduct.of(linear, x);
        return Kernels.of(node.op(), x, y);
    }

    private boolean rectified(int node) {
        return !network.outputs().containsValue(node) && readers[node] == 1
                && network.nodes().get(lastReader[node]).op() instanceof Op.Relu;
    }

    /// A cheap value is not kept but computed again, from its inputs, which are kept in its place.
    private void drop(int i, Kernel[] kernels) {
        if (!kept[i] || !kernels[i].cheap()) return;
        kept[i] = false;
        for (var input : network.nodes().get(i).inputs()) kept[input] = true;
    }

    private void prepare(int i, Kernel[] kernels, List<Shape> shapes, Set<Integer> frozen) {
        var node = network.nodes().get(i);
        var inputs = node.inputs().stream().mapToInt(input -> input).toArray();
        var channels = node.inputs().stream().mapToInt(input -> shapes.get(input).channels()).toArray();
        var training = target(i, inputs, kernels, true);
        var inference = target(i, inputs, kernels, false);
        nodes.add(new Prepared(i, node.name(), kernels[i], inputs, channels, frozen.contains(i), differentiable[i],
                training, inference));
    }

    /// The first input that nobody else reads, that is its producer's own memory, and that the backward pass can miss.
    private int target(int i, int[] inputs, Kernel[] kernels, boolean training) {
        if (!kernels[i].canOverwrite()) return -1;
        for (var k = 0; k < inputs.length; k++) {
            var input = inputs[k];
            var producer = network.nodes().get(input).op();
            var free = !(producer instanceof Op.Input) && !kernels[input].aliases() && readers[input] == 1
                    && lastReader[input] == i;
            if (free && !(training && kept[input])) return k;
        }
        return -1;
    }

    Network network() {
        return network;
    }

    List<Prepared> nodes() {
        return nodes;
    }

    boolean differentiable(int node) {
        return differentiable[node];
    }

    /// Whether the backward pass needs a node's output, and so forward keeps it.
    boolean kept(int node) {
        return kept[node];
    }

    /// The last node that reads this node's output; an output of the network is read by the caller, after all nodes.
    int lastReader(int node) {
        return lastReader[node];
    }
}
