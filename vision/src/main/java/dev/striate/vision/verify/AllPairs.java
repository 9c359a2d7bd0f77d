package dev.striate.vision.verify;

import dev.striate.data.set.DataSet;
import dev.striate.measure.Identification;
import dev.striate.measure.VerificationCurve;
import dev.striate.vision.verify.MeasuredVerification.Mistake;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// The distances of all pairs of a few pictures.
///
/// @param distances of picture i to each before it: `distances[i][j]` with j < i
/// @param labels whose picture each is
record AllPairs(double[][] distances, int[] labels) {
    /// Pictures whose pairs are few enough.
    static final int MOST = 4000;
    private static final int SHOWN = 8;

    static AllPairs of(float[][] embeddings, DataSet pictures, Comparison comparison) {
        var labels = new int[embeddings.length];
        var distances = new double[embeddings.length][];
        for (var i = 0; i < labels.length; i++) {
            labels[i] = pictures.label(i);
            distances[i] = comparison.distances(embeddings[i], Arrays.copyOf(embeddings, i));
        }
        return new AllPairs(distances, labels);
    }

    private double distance(int one, int other) {
        if (one == other) return 0;
        return one > other ? distances[one][other] : distances[other][one];
    }

    VerificationCurve curve() {
        var count = labels.length * (labels.length - 1) / 2;
        var all = new double[count];
        var same = new boolean[count];
        var at = 0;
        for (var i = 0; i < labels.length; i++) {
            for (var j = 0; j < i; j++, at++) {
                all[at] = distances[i][j];
                same[at] = labels[i] == labels[j];
            }
        }
        return VerificationCurve.of(all, same);
    }

    Identification identification() {
        return Identification.of(this::distance, labels);
    }

    /// The farthest pairs that are the same, then the nearest that differ.
    List<Mistake> mistakes() {
        var farthest = new PriorityQueue<Mistake>(Comparator.comparingDouble(Mistake::distance));
        var nearest = new PriorityQueue<Mistake>(Comparator.comparingDouble(Mistake::distance).reversed());
        for (var i = 0; i < labels.length; i++) {
            for (var j = 0; j < i; j++) {
                var same = labels[i] == labels[j];
                var kept = same ? farthest : nearest;
                kept.add(new Mistake(i, j, same, distances[i][j]));
                if (kept.size() > SHOWN) kept.remove();
            }
        }
        return Stream.concat(farthest.stream().sorted(farthest.comparator().reversed()),
                nearest.stream().sorted(nearest.comparator().reversed())).toList();
    }
}
