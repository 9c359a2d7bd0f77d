package dev.striate.vision.explain;

import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import java.util.List;

/// The pictures of a data set that a layer sees most nearly as it sees one picture: whose values point most nearly the same way
/// (Krizhevsky et al. 2012, §6.1, by the cosine of the angle in place of the distance).
public final class NearestPictures {
    private NearestPictures() {}

    /// @param index of the picture in its set
    /// @param cosine of the angle between what the layer gives for both
    /// @param picture as the network sees it
    public record Near(int index, double cosine, Picture picture) {}

    /// The `count` nearest, the nearest first.
    public static List<Near> of(Explainer explainer, Picture picture, DataSet pictures, String layer, int count) {
        var wanted = explainer.activations(picture, layer).values();
        return Ranking.of(explainer, pictures, layer, count, values -> cosine(values, wanted)).stream()
                .map(ranked -> new Near(ranked.index(), ranked.score(), ranked.picture())).toList();
    }

    private static double cosine(float[] one, float[] other) {
        var product = 0.0;
        var squares = 0.0;
        var others = 0.0;
        for (var i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            squares += (double) one[i] * one[i];
            others += (double) other[i] * other[i];
        }
        return product / Math.max(Double.MIN_NORMAL, Math.sqrt(squares * others));
    }
}
