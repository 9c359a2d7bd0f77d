package dev.striate.vision.verify;

import dev.striate.StriateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Refuses a second person under one name. The pictures of one person must hang together: each that is added lies within
/// the threshold of one that is known, or of another that does.
final class Strangers {
    private Strangers() {}

    static void refuse(String name, List<float[]> added, List<float[]> stored, double threshold) {
        var known = new ArrayList<>(stored.isEmpty() ? added.subList(0, 1) : stored);
        var left = new ArrayList<>(stored.isEmpty() ? added.subList(1, added.size()) : added);
        while (!left.isEmpty()) {
            var near = left.stream().filter(one -> distance(one, known) <= threshold).toList();
            if (near.isEmpty()) {
                throw refusal(name, added, left.getFirst(), distance(left.getFirst(), known), threshold);
            }
            left.removeAll(near);
            known.addAll(near);
        }
    }

    private static double distance(float[] one, List<float[]> others) {
        return others.stream().mapToDouble(other -> Embeddings.distance(one, other)).min().orElseThrow();
    }

    private static StriateException refusal(String name, List<float[]> added, float[] stranger, double distance,
            double threshold) {
        return new StriateException(String.format(Locale.ROOT,
                "Pictures of one person were expected; picture %d of %d lies %.3f from the nearest of %s's others, over "
                        + "the threshold of %.3f, and nothing was stored (--anyway stores it all the same).",
                added.indexOf(stranger) + 1, added.size(), distance, name, threshold));
    }
}
