package dev.striate.onnx;

import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.weights.TensorData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts batch normalisations into the layers before them that run in int8: what is rounded is then what a runtime
/// multiplies. The range of what the normalisation gave is its layer's.
final class BatchNormFolding {
    private final Network network;
    private final OnnxWeights weights;
    private final Map<String, TensorData> tensors;
    private final Map<String, Int8.Range> values;
    private final List<Node> kept = new ArrayList<>();
    private final int[] renumbered;

    private BatchNormFolding(Network network, OnnxWeights weights) {
        this.network = network;
        this.weights = weights;
        tensors = new HashMap<>(weights.tensors());
        values = new TreeMap<>(weights.int8().values());
        renumbered = new int[network.nodes().size()];
    }

    /// A network, its weights and ranges after folding.
    record Folded(Network network, OnnxWeights weights) {}

    static Folded of(Network network, OnnxWeights weights) {
        return new BatchNormFolding(network, weights).fold();
    }

    private Folded fold() {
        for (var i = 0; i < renumbered.length; i++) {
            var node = network.nodes().get(i);
            if (node.op() instanceof Op.BatchNorm norm && folds(node.inputs().getFirst())) {
                renumbered[i] = renumbered[node.inputs().getFirst()];
                fold(renumbered[i], node.name(), norm);
            } else {
                renumbered[i] = kept.size();
                kept.add(new Node(node.name(), node.op(), node.inputs().stream().map(j -> renumbered[j]).toList()));
            }
        }
        var outputs = new LinkedHashMap<String, Integer>();
        network.outputs().forEach((name, index) -> outputs.put(name, renumbered[index]));
        return new Folded(new Network(network.name(), kept, outputs, network.auxiliary()),
                new OnnxWeights(tensors, new Int8(weights.int8().layers(), values)));
    }

    /// Whether a layer runs in int8 and nothing but a normalisation reads it.
    private boolean folds(int layer) {
        var node = network.nodes().get(layer);
        return weights.int8().layers().contains(node.name()) && !values.containsKey(node.name())
                && !network.outputs().containsValue(layer)
                && network.nodes().stream().flatMap(other -> other.inputs().stream()).filter(i -> i == layer)
                        .count() == 1;
    }

    private void fold(int index, String norm, Op.BatchNorm settings) {
        var layer = kept.get(index);
        var name = layer.name();
        var scale = tensors.remove(norm + ".weight").floats();
        var shift = tensors.remove(norm + ".bias").floats();
        var mean = tensors.remove(norm + ".running_mean").floats();
        var variance = tensors.remove(norm + ".running_var").floats();
        var stored = tensors.get(name + ".weight");
        var bias = tensors.containsKey(name + ".bias") ? tensors.get(name + ".bias").floats() : new float[scale.length];
        var folded = stored.floats().clone();
        for (var filter = 0; filter < scale.length; filter++) {
            var factor = scale[filter] / Math.sqrt(variance[filter] + settings.epsilon());
            var cells = folded.length / scale.length;
            for (var i = filter * cells; i < (filter + 1) * cells; i++) folded[i] = (float) (folded[i] * factor);
            bias[filter] = (float) ((bias[filter] - mean[filter]) * factor + shift[filter]);
        }
        tensors.put(name + ".weight", TensorData.of(stored.shape(), folded));
        tensors.put(name + ".bias", TensorData.of(List.of(bias.length), bias));
        kept.set(index, new Node(name, biased(layer.op()), layer.inputs()));
        var range = values.remove(norm);
        if (range != null) values.put(name, range);
    }

    private static Op biased(Op op) {
        return op instanceof Op.Conv conv ? new Op.Conv(conv.filters(), conv.window(), conv.groups(), true)
                : new Op.Linear(((Op.Linear) op).features(), true);
    }
}
