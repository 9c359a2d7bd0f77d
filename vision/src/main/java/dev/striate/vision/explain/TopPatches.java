package dev.striate.vision.explain;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.graph.ReceptiveField;
import java.util.List;

/// The parts of a data set's pictures that excite a channel most, cut to what its unit there can see (Zeiler and Fergus 2014,
/// figure 2).
public final class TopPatches {
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
        var best = Ranking.of(explainer, pictures, layer, count,
                values -> values[channel * area + Largest.index(values, channel * area, area)]);
        return best.stream().map(ranked -> {
            var unit = Largest.index(ranked.values(), channel * area, area);
            return new Patch(ranked.index(), unit, (float) ranked.score(),
                    cut(ranked.picture(), field, unit / shape.width(), unit % shape.width()));
        }).toList();
    }

    /// The part of a picture that a unit sees; what lies beyond the picture is not there.
    private static Picture cut(Picture picture, ReceptiveField field, int row, int column) {
        var seen = Seen.of(field, row, column, picture.size());
        return Pictures.window(picture, seen.left(), seen.top(), seen.width(), seen.height(), false);
    }
}
