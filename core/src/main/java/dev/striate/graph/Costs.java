package dev.striate.graph;

import java.util.ArrayList;
import java.util.List;

/// The reading that gives what a network costs for one picture: parameters, arithmetic, activations, before it runs.
///
/// Multiply-accumulates are those of convolutions and fully connected layers, as papers count them; one is two floating
/// point operations. `keptElements` and `peakElements` are activations for one picture: see [Activations].
public record Costs(List<Cost> nodes, long keptElements, long peakElements) {
    private static final int FLOAT_BYTES = 4;

    public Costs {
        nodes = List.copyOf(nodes);
    }

    /// What one node costs for one picture: trained parameters, buffers (running statistics), multiply-accumulates, and
    /// the elements of its output; `inPlace` says that the output takes no memory of its own in training.
    public record Cost(String node, long parameters, long buffers, long macs, long elements, boolean inPlace) {}

    public static Costs of(Network network) {
        var shapes = Shapes.of(network);
        var parameters = new long[shapes.size()];
        var buffers = new long[shapes.size()];
        for (var parameter : Parameters.of(network)) {
            (parameter.trainable() ? parameters : buffers)[parameter.node()] += parameter.elements();
        }
        var training = Activations.inTraining(network);
        var costs = new ArrayList<Cost>();
        for (var i = 0; i < shapes.size(); i++) {
            var node = network.nodes().get(i);
            var x = node.inputs().isEmpty() ? shapes.get(i) : shapes.get(node.inputs().getFirst());
            costs.add(new Cost(node.name(), parameters[i], buffers[i], macs(node.op(), x, shapes.get(i)),
                    shapes.get(i).elements(), training.shares(i)));
        }
        return new Costs(costs, training.sum(shapes), Activations.inInference(network).peak(network, shapes));
    }

    private static long macs(Op op, Shape x, Shape y) {
        return switch (op) {
            case Op.Conv conv -> y.elements() * (x.channels() / conv.groups()) * conv.window().kernel().area();
            case Op.TransposedConv conv ->
                x.elements() * (conv.filters() / conv.groups()) * conv.window().kernel().area();
            case Op.TableConv conv -> (long) conv.connections() * conv.window().kernel().area() * y.size().area();
            case Op.LocalConv conv -> y.elements() * x.channels() * conv.window().kernel().area();
            case Op.Linear linear -> (long) linear.features() * x.channels();
            case Op.BatchNorm _ -> 0;
            case Op.ChannelAffine _ -> 0;
            case Op.Weightless _ -> 0;
        };
    }

    /// The trained parameters of all nodes.
    public long parameters() {
        return nodes.stream().mapToLong(Cost::parameters).sum();
    }

    /// The running statistics of all nodes: stored with the weights, not trained.
    public long buffers() {
        return nodes.stream().mapToLong(Cost::buffers).sum();
    }

    /// The multiply-accumulates for one picture.
    public long macs() {
        return nodes.stream().mapToLong(Cost::macs).sum();
    }

    /// Billions of multiply-accumulates for one picture: what torchvision documents as "GFLOPS".
    public double gmac() {
        return macs() / 1e9;
    }

    /// Billions of floating point operations for one picture, two for each multiply-accumulate: Darknet's "BFLOP".
    public double gflop() {
        return 2 * gmac();
    }

    /// The bytes of float32 activations that a training step of `batch` pictures holds: every output that is not computed
    /// in place, kept for the backward pass, and the gradients that live at once (as many as outputs in inference, since
    /// each lives from its last reader back to its maker).
    public long trainingActivationBytes(int batch) {
        return FLOAT_BYTES * batch * (keptElements + peakElements);
    }

    /// The bytes of float32 activations at the peak of a forward pass of `batch` pictures that frees each output when its
    /// last reader is done.
    public long inferenceActivationBytes(int batch) {
        return FLOAT_BYTES * batch * peakElements;
    }

    /// The bytes that training in float32 needs, without the scratch space of the library underneath: parameters, their
    /// gradients, the optimiser's values for each parameter (`optimizerStates`: 0 plain SGD, 1 momentum, 2 Adam), running
    /// statistics, and a batch's activations.
    public long trainingBytes(int batch, int optimizerStates) {
        return FLOAT_BYTES * (parameters() * (2 + optimizerStates) + buffers()) + trainingActivationBytes(batch);
    }

    /// The bytes that inference in float32 needs, without scratch space: parameters, running statistics, and a batch's
    /// activations.
    public long inferenceBytes(int batch) {
        return FLOAT_BYTES * (parameters() + buffers()) + inferenceActivationBytes(batch);
    }
}
