package dev.striate.vision.tasks;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.graph.LowRankLayers;
import dev.striate.torch.Factors;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Measured;
import dev.striate.weights.ModelFile;
import dev.striate.weights.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A model some of whose fully connected layers are two each, with fewer weights, by truncated singular value decomposition
/// (Girshick 2015, §3.1).
public record Compressed(ModelFile file, List<Layer> layers) {
    /// One layer that became two.
    ///
    /// @param before weights of the one, without its bias
    /// @param after weights of both
    /// @param kept the share of the squares of all singular values that is left
    public record Layer(String name, int rank, long before, long after, double kept) {}

    /// @param ranks by the layer's name; refuses a name that is no fully connected layer's, and a rank that saves no weights
    public static Compressed of(ModelFile file, SequencedMap<String, Integer> ranks) {
        if (ranks.isEmpty()) throw new StriateException("The rank of at least one layer was expected; received none.");
        var network = file.network();
        for (var layer : ranks.entrySet()) {
            network = LowRankLayers.factorised(network, layer.getKey(), layer.getValue());
        }
        var tensors = new LinkedHashMap<>(file.tensors());
        var layers = new ArrayList<Layer>();
        ranks.forEach((name, rank) -> layers.add(factorise(name, rank, tensors)));
        return new Compressed(new ModelFile(network, file.preprocessing(), file.task(), file.recipe(), tensors),
                layers);
    }

    private static Layer factorise(String name, int rank, Map<String, TensorData> tensors) {
        var weight = tensors.get(name + ".weight");
        var given = weight.shape().getFirst();
        var read = weight.shape().getLast();
        var factors = Factors.truncated(weight.floats(), given, read, rank);
        tensors.put(name + ".weight", TensorData.of(List.of(given, rank), factors.left()));
        tensors.put(LowRankLayers.first(name) + ".weight", TensorData.of(List.of(rank, read), factors.right()));
        return new Layer(name, rank, weight.elements(), (long) rank * (given + read), factors.kept());
    }

    /// How well a model does, and how fast.
    ///
    /// @param picturesPerSecond with their preparation
    public record Test(Measured measured, double picturesPerSecond) {}

    /// Measures a model on the CPU's plan.
    public static Test test(ModelFile file, DataSet pictures) {
        var measuring = Measuring.of(file, pictures);
        try (var inference = Inference.onPlan(file.network(), file.tensors())) {
            measuring.by(inference); // Compiles.
            var start = System.nanoTime();
            var measured = measuring.by(inference);
            return new Test(measured, 1e9 * pictures.size() / (System.nanoTime() - start));
        }
    }
}
