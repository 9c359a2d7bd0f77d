package dev.striate.vision.train;

import dev.striate.graph.Network;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.weights.ModelFile;
import dev.striate.weights.StateDict;
import dev.striate.weights.TensorData;
import dev.striate.yolo.SharedFilters;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The filters that a detector of other classes takes over from an old one's heads: those of boxes and objectness.
///
/// @param tensors the old ones, by the name of the parameter
/// @param filters for each filter of a parameter the old one, or [SharedFilters#FRESH]
record KeptFilters(Map<String, TensorData> tensors, Map<String, int[]> filters) {
    /// Those of a file; none where it does not say what network its tensors are of.
    static KeptFilters of(Path file, Network network) {
        var tensors = new LinkedHashMap<String, TensorData>();
        var filters = new LinkedHashMap<String, int[]>();
        if (!ModelFile.isOne(file)) return new KeptFilters(tensors, filters);
        var old = StateDict.read(file).tensors();
        var layers = SharedFilters.of(ModelFile.read(file).network(), network);
        for (var parameter : Parameters.of(network)) {
            var kept = layers.get(layer(parameter.name()));
            var tensor = old.get(parameter.name());
            if (kept == null || tensor == null || !isWider(tensor, parameter)) continue;
            tensors.put(parameter.name(), tensor);
            filters.put(parameter.name(), kept);
        }
        return new KeptFilters(tensors, filters);
    }

    /// The name of the layer that a parameter belongs to.
    static String layer(String parameter) {
        return parameter.substring(0, Math.max(0, parameter.lastIndexOf('.')));
    }

    /// Whether a tensor differs from a parameter in the number of its filters alone.
    private static boolean isWider(TensorData tensor, Parameter parameter) {
        return !tensor.shape().equals(parameter.shape()) && behindTheFirst(tensor.shape())
                .equals(behindTheFirst(parameter.shape()));
    }

    private static List<Integer> behindTheFirst(List<Integer> shape) {
        return shape.subList(1, shape.size());
    }

    boolean has(String parameter) {
        return filters.containsKey(parameter);
    }

    /// A parameter's fresh values with the old filters in their places.
    TensorData over(TensorData fresh, String parameter) {
        var values = fresh.floats().clone();
        var old = tensors.get(parameter).floats();
        var kept = filters.get(parameter);
        var each = values.length / kept.length;
        for (var i = 0; i < kept.length; i++) {
            if (kept[i] != SharedFilters.FRESH) System.arraycopy(old, kept[i] * each, values, i * each, each);
        }
        return TensorData.of(fresh.shape(), values);
    }
}
