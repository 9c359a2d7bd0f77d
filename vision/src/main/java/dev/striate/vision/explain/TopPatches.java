package dev.striate.vision.explain;

import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.graph.ReceptiveField;
import dev.striate.vision.report.Denormalised;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The parts of a data set's pictures that excite a channel most, cut to what its unit there can see (Zeiler and Fergus 2014,
/// figure 2).
public final class TopPatches {
    private static final int BATCH = 16;

    private TopPatches() {}

    /// @param index of the picture in its set
    /// @param unit the place of the strongest unit, among height × width
    /// @param patch of the picture as the network sees it
    public record Patch(int index, int unit, float activation, Picture patch) {}

    /// The `count` best patches, of different pictures, the best first.
    public static List<Patch> of(Explainer explainer, DataSet pictures, String layer, int channel, int count) {
        var shape = Layers.withChannel(explainer.network(), layer, channel);
        var field = ReceptiveField.of(explainer.network()).get(explainer.network().index(layer));
        var area = shape.size().area();
        var best = new ArrayList<Patch>();
        try (var loader = Loader.of(pictures, explainer.preparation(),
                Loading.evaluation(Math.min(BATCH, pictures.size())))) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    var values = explainer.model().activations(batch.pixels(), batch.size(), List.of(layer)).get(layer);
                    for (var i = 0; i < batch.size(); i++) {
                        var from = (i * shape.channels() + channel) * area;
                        var unit = Largest.index(values, from, area);
                        var activation = values[from + unit];
                        if (best.size() == count && activation <= best.getLast().activation()) continue;
                        var seen = Denormalised.of(batch.pixels(), i, explainer.file().preprocessing());
                        best.add(new Patch(batch.indices()[i], unit, activation,
                                cut(seen, field, unit / shape.width(), unit % shape.width())));
                        best.sort(Comparator.comparingDouble(Patch::activation).reversed());
                        if (best.size() > count) best.removeLast();
                    }
                }
            }
        }
        return best;
    }

    /// The part of a picture that a unit sees; what lies beyond the picture is not there.
    private static Picture cut(Picture picture, ReceptiveField field, int row, int column) {
        var seen = Seen.of(field, row, column, picture.size());
        return Pictures.window(picture, seen.left(), seen.top(), seen.width(), seen.height(), false);
    }
}
