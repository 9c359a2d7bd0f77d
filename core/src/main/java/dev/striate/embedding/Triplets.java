package dev.striate.embedding;

import dev.striate.recipe.Mining;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The triplets of a batch that a network learns from: pictures by their places in it.
public record Triplets(List<Triplet> triplets) {
    public Triplets {
        triplets = List.copyOf(triplets);
    }

    /// A picture, another of its identity, and one of another identity.
    public record Triplet(int anchor, int positive, int negative) {}

    /// Mines a batch by the squared distances between its embeddings; a picture alone of its identity is a negative only.
    ///
    /// @param squared N×N
    /// @param labels whose picture each of the N is
    public static Triplets mined(double[][] squared, int[] labels, Mining mining, RandomGenerator random) {
        var found = new ArrayList<Triplet>();
        for (var anchor = 0; anchor < labels.length; anchor++) {
            var a = anchor;
            var others = IntStream.range(0, labels.length).filter(i -> labels[i] != labels[a]).toArray();
            var own = IntStream.range(0, labels.length).filter(i -> i != a && labels[i] == labels[a]).toArray();
            if (others.length == 0 || own.length == 0) continue;
            var from = squared[a];
            switch (mining) {
                case RANDOM -> {
                    for (var positive : own) {
                        found.add(new Triplet(a, positive, others[random.nextInt(others.length)]));
                    }
                }
                case SEMI_HARD -> {
                    for (var positive : own) found.add(new Triplet(a, positive, semiHard(from, others, positive)));
                }
                case HARD -> found.add(new Triplet(a, farthest(from, own), nearest(from, others, _ -> true)));
            }
        }
        return new Triplets(found);
    }

    private static int semiHard(double[] from, int[] others, int positive) {
        var beyond = nearest(from, others, other -> from[other] > from[positive]);
        return beyond >= 0 ? beyond : farthest(from, others);
    }

    /// The nearest of those asked for, or -1 where there is none.
    private static int nearest(double[] from, int[] others, IntPredicate wanted) {
        var nearest = -1;
        for (var other : others) {
            if (wanted.test(other) && (nearest < 0 || from[other] < from[nearest])) nearest = other;
        }
        return nearest;
    }

    private static int farthest(double[] from, int[] others) {
        var farthest = others[0];
        for (var other : others) if (from[other] > from[farthest]) farthest = other;
        return farthest;
    }

    /// The places of all anchors.
    public long[] anchors() {
        return triplets.stream().mapToLong(Triplet::anchor).toArray();
    }

    /// The places of all positives.
    public long[] positives() {
        return triplets.stream().mapToLong(Triplet::positive).toArray();
    }

    /// The places of all negatives.
    public long[] negatives() {
        return triplets.stream().mapToLong(Triplet::negative).toArray();
    }
}
