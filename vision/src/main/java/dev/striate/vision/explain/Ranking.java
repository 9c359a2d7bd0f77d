package dev.striate.vision.explain;

import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.vision.report.Denormalised;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The pictures of a data set for which a layer gives what scores best.
final class Ranking {
    private static final int BATCH = 16;

    private Ranking() {}

    /// @param index of the picture in its set
    /// @param values that the layer gives for it, channels × height × width
    /// @param picture as the network sees it
    record Ranked(int index, double score, float[] values, Picture picture) {}

    /// The `count` best pictures, the best first.
    static List<Ranked> of(Explainer explainer, DataSet pictures, String layer, int count,
            ToDoubleFunction<float[]> score) {
        var best = new ArrayList<Ranked>();
        try (var loader = Loader.of(pictures, explainer.preparation(),
                Loading.evaluation(Math.min(BATCH, pictures.size())))) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    var all = explainer.model().activations(batch.pixels(), batch.size(), List.of(layer)).get(layer);
                    var length = all.length / batch.size();
                    for (var i = 0; i < batch.size(); i++) {
                        var values = Arrays.copyOfRange(all, i * length, (i + 1) * length);
                        var here = score.applyAsDouble(values);
                        if (best.size() == count && here <= best.getLast().score()) continue;
                        best.add(new Ranked(batch.indices()[i], here, values,
                                Denormalised.of(batch.pixels(), i, explainer.file().preprocessing())));
                        best.sort(Comparator.comparingDouble(Ranked::score).reversed());
                        if (best.size() > count) best.removeLast();
                    }
                }
            }
        }
        return best;
    }
}
