package dev.striate.vision.export;

import dev.striate.data.set.DataSet;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.onnx.Int8;
import dev.striate.plan.Calibration;
import dev.striate.plan.Quantisation;
import dev.striate.recipe.Precision;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.vision.InferencePrecision;
import dev.striate.vision.Sampled;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out on some pictures which layers of a model may run in int8 elsewhere, and with which ranges.
///
/// Layers and the ranges of their inputs are our plan's. Other runtimes also want what such a layer gives in 8 bits,
/// ahead of a sum or a concatenation, else they run it in float32: those ranges reach to the largest value seen.
public final class Rounded {
    private static final int BATCH = 8;

    private Rounded() {}

    /// Rounds a model by the ranges in its file or, where it has none, by a calibration on `n` pictures of a set.
    public static Int8 on(ModelFile model, DataSet pictures, int n, Calibration calibration) {
        var network = model.network().atInference();
        try (var arena = Arena.ofConfined()) {
            var sample = Sampled.of(pictures, n, model.preprocessing(), arena);
            var quantisation = InferencePrecision.AUTO.of(model) instanceof Quantisation known ? known
                    : calibration.quantise(network, model.tensors(), sample.pixels(), sample.count());
            return by(quantisation, model, sample);
        }
    }

    /// Rounds a model by known ranges; the sample tells those that only other runtimes want.
    public static Int8 by(Quantisation quantisation, ModelFile model, Sampled sample) {
        var network = model.network().atInference();
        var layers = new HashMap<>(quantisation.layers());
        layers.keySet().removeIf(layer -> !isWritten(network.nodes().get(network.index(layer)).op()));
        var values = inputs(network, layers);
        var results = results(network, layers.keySet(), values.keySet());
        if (!results.isEmpty()) values.putAll(extremes(network, model, sample, results));
        return new Int8(layers.keySet(), values);
    }

    /// Our plan also rounds convolutions that are written with other operators.
    private static boolean isWritten(Op op) {
        return op instanceof Op.Conv || op instanceof Op.Linear;
    }

    private static Map<String, Int8.Range> inputs(Network network, Map<String, Quantisation.Range> layers) {
        var values = new HashMap<String, Int8.Range>();
        layers.forEach((layer, range) -> {
            var input = network.nodes().get(network.index(layer)).inputs().getFirst();
            values.put(network.nodes().get(input).name(), new Int8.Range(range.scale(), range.signed()));
        });
        return values;
    }

    /// The nodes that give the layers' results, normalised and rectified, where nothing is known of them yet; outputs, a
    /// detector's too, leave as they are.
    private static List<String> results(Network network, Set<String> layers, Set<String> known) {
        return layers.stream()
                .map(layer -> result(network, network.index(layer)))
                .filter(index -> !network.outputs().containsValue(index))
                .map(index -> network.nodes().get(index).name())
                .filter(node -> !known.contains(node))
                .toList();
    }

    private static int result(Network network, int layer) {
        var last = layer;
        for (var next = onlyReader(network, layer); next != null; next = onlyReader(network, last)) {
            if (!(next.op() instanceof Op.BatchNorm || next.op() instanceof Op.Relu
                    || next.op() instanceof Op.Detection)) {
                break;
            }
            last = network.nodes().indexOf(next);
            if (next.op() instanceof Op.Relu) break;
        }
        return last;
    }

    private static @Nullable Node onlyReader(Network network, int index) {
        if (network.outputs().containsValue(index)) return null;
        var readers = network.nodes().stream().filter(node -> node.inputs().contains(index)).toList();
        return readers.size() == 1 ? readers.getFirst() : null;
    }

    private static Map<String, Int8.Range> extremes(Network network, ModelFile model, Sampled sample,
            List<String> nodes) {
        var seen = new HashMap<String, Extremes>();
        var picture = network.input().elements() * Float.BYTES;
        try (var runner = Model.of(network, model.tensors(), Device.CPU, Precision.FLOAT32)) {
            for (var first = 0; first < sample.count(); first += BATCH) {
                var count = Math.min(BATCH, sample.count() - first);
                runner.activations(sample.pixels().asSlice(first * picture), count, nodes)
                        .forEach((node, values) -> seen.merge(node, Extremes.of(values), Extremes::and));
            }
        }
        var ranges = new HashMap<String, Int8.Range>();
        seen.forEach((node, extremes) -> ranges.put(node, extremes.range()));
        return ranges;
    }
}
