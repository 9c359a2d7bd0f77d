package dev.striate.vision.verify;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.data.set.Wrapped;
import dev.striate.embedding.Towers;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shapes;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.weights.ModelFile;
import dev.striate.weights.StateDict;
import dev.striate.weights.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// An embedding that is not trained but computed, in seconds and of few pictures: what a layer of a trained network shows,
/// mapped so that identities are apart ([Discriminants]). Training can go on from it.
public final class FittedEmbedding {
    /// Values of which a covariance is worked out within some seconds.
    private static final int MOST = 2048;

    private final Network embedding;
    private final Map<String, TensorData> tensors;
    private final Preparation preparation;

    private FittedEmbedding(Network embedding, Map<String, TensorData> tensors, Preparation preparation) {
        this.embedding = embedding;
        this.tensors = tensors;
        this.preparation = preparation;
    }

    /// A model with thresholds by the validation pictures.
    ///
    /// @param network for pictures of the size wanted, such as a classifier
    /// @param weights a file with the weights of its layers as far as `layer`
    /// @param length of an embedding; unless given as many values as the layer shows, which tells best, if that is at most 2,048
    /// @param splits parts that show others each ([Splits#apart])
    public static ModelFile of(Network network, Path weights, String layer, OptionalInt length, Splits splits) {
        var task = new Task.Verification(splits.train().classes()).withMirrored(true);
        var verification = new Verification(task, Optional.of(layer));
        verification.check(splits.train());
        var embedding = Towers.fitted(network, length(network, layer, length, splits.train().size()), layer);
        var preprocessing = verification.preprocessing(network.input(), splits.train());
        var tensors = tensors(embedding, weights);
        var fit = new FittedEmbedding(embedding, tensors, new Preparation(preprocessing));
        fit.to(List.of(splits.train()));
        var chosen = splits.validation().map(others -> {
            var measured = fit.measured(others);
            fit.to(List.of(splits.train(), others));
            return measured.chosen(task);
        });
        return new ModelFile(embedding, preprocessing, chosen.orElse(task), Optional.empty(), tensors);
    }

    private static int length(Network network, String layer, OptionalInt wanted, int pictures) {
        var parts = Towers.fitted(network, 1, layer).upTo(Towers.PARTS_IN_A_ROW);
        var all = Math.toIntExact(Shapes.of(parts).get(parts.output()).elements());
        var most = Math.min(2 * pictures - 1, all);
        var length = wanted.orElse(all <= MOST ? all : Math.min(most, MOST));
        if (length < 1 || length > most && length != all) {
            throw new StriateException("An embedding of at most " + most + " values, or of all " + all
                    + " of the layer, was expected for " + pictures + " pictures; received " + length + ".");
        }
        return length;
    }

    private MeasuredVerification measured(DataSet pictures) {
        try (var inference = Inference.onPlan(embedding, tensors)) {
            return MeasuredVerification.of(OpenTowers.of(Towers.of(embedding), inference, true), preparation, pictures);
        }
    }

    private static SequencedMap<String, TensorData> tensors(Network embedding, Path weights) {
        var known = StateDict.read(weights).match(embedding).matched();
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(embedding)) {
            var name = parameter.name();
            var isFitted = name.startsWith(Towers.EMBEDDING + ".");
            if (!isFitted && !known.containsKey(name)) {
                throw StriateException
                        .network("Weights of " + embedding.name() + " as far as its embedding were expected; "
                                + weights + " lacks '" + name + "'.");
            }
            var shape = parameter.shape();
            tensors.put(name, isFitted
                    ? TensorData.of(shape, new float[shape.stream().reduce(1, Math::multiplyExact)])
                    : known.get(name));
        }
        return tensors;
    }

    private void to(List<DataSet> sets) {
        try (var inference = Inference.onPlan(embedding.upTo(Towers.PARTS_IN_A_ROW), tensors)) {
            var open = new OpenTowers(inference, new Comparison.Euclidean(), false);
            var rows = new ArrayList<float[]>();
            var labels = new ArrayList<Integer>();
            for (var set : sets) {
                for (var each : List.of(set, new Mirrored(set))) {
                    rows.addAll(List.of(open.embeddings(preparation, each)));
                    for (var i = 0; i < set.size(); i++) labels.add(set.label(i));
                }
            }
            var length = Towers.of(embedding).dimensions();
            var fitted = Discriminants.of(rows.toArray(float[][]::new), labels.stream().mapToInt(i -> i).toArray(),
                    length);
            tensors.put(Towers.EMBEDDING + ".weight",
                    TensorData.of(List.of(length, rows.getFirst().length), fitted.weights()));
            tensors.put(Towers.EMBEDDING + ".bias", TensorData.of(List.of(length), fitted.bias()));
        }
    }

    private record Mirrored(DataSet whole) implements Wrapped {
        @Override
        public Picture picture(int index) {
            return Pictures.mirrored(whole.picture(index));
        }
    }
}
