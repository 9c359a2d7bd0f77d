package dev.striate.measure;

import org.jspecify.annotations.Nullable;

/// A place between two distances, or before or behind all: the nearer pairs are accepted. The arrays rise.
///
/// @param right how many of the genuine pairs are accepted
/// @param wrong how many of the impostors are accepted
record Cut(double[] genuine, double[] impostors, int right, int wrong) {
    /// Behind all pairs.
    static Cut all(double[] genuine, double[] impostors) {
        return new Cut(genuine, impostors, genuine.length, impostors.length);
    }

    /// Before the pairs of a distance.
    static Cut below(double[] genuine, double[] impostors, double distance) {
        return new Cut(genuine, impostors, count(genuine, distance), count(impostors, distance));
    }

    /// How many of the rising values are less.
    private static int count(double[] rising, double value) {
        var low = 0;
        var high = rising.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (rising[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// Behind all pairs of the next distance; null where there is none.
    @Nullable
    Cut next() {
        var distance = lowestRefused();
        if (distance == Double.POSITIVE_INFINITY) return null;
        return new Cut(genuine, impostors, behind(genuine, right, distance), behind(impostors, wrong, distance));
    }

    private static int behind(double[] rising, int from, double distance) {
        var i = from;
        while (i < rising.length && rising[i] == distance) i++;
        return i;
    }

    /// The distance of the farthest pair accepted; −∞ where none is.
    double highest() {
        return Math.max(right == 0 ? Double.NEGATIVE_INFINITY : genuine[right - 1],
                wrong == 0 ? Double.NEGATIVE_INFINITY : impostors[wrong - 1]);
    }

    private double lowestRefused() {
        return Math.min(right == genuine.length ? Double.POSITIVE_INFINITY : genuine[right],
                wrong == impostors.length ? Double.POSITIVE_INFINITY : impostors[wrong]);
    }

    /// A threshold in the middle between the distances that it parts; where there is one on one side only, at that.
    double threshold() {
        var below = highest();
        var above = lowestRefused();
        if (above == Double.POSITIVE_INFINITY) return below;
        if (below == Double.NEGATIVE_INFINITY) return Math.nextDown(above);
        return Math.min(below / 2 + above / 2, Math.nextDown(above));
    }

    double far() {
        return (double) wrong / impostors.length;
    }

    double tar() {
        return (double) right / genuine.length;
    }

    /// `FAR − FRR` times the numbers of genuine pairs and of impostors.
    long excess() {
        return (long) wrong * genuine.length + (long) right * impostors.length
                - (long) genuine.length * impostors.length;
    }

    /// What accepting these pairs brings: the right ones less the wrong ones.
    int gain() {
        return right - wrong;
    }

    /// The share of all pairs that are told rightly.
    double accuracy() {
        return (double) (gain() + impostors.length) / (genuine.length + impostors.length);
    }
}
