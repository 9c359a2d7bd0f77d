package dev.striate.detect;

import dev.striate.StriateException;
import java.util.Arrays;

/// The order in which scores are worked through: the highest first, equal ones in the order in which they came.
public final class Ranking {
    private Ranking() {}

    /// The indices of scores in that order; refuses a score that is no number. `O(n log n)`, without boxed numbers.
    public static int[] descending(double[] scores) {
        var sorted = new double[scores.length];
        for (var i = 0; i < scores.length; i++) sorted[i] = key(scores, i);
        Arrays.sort(sorted);
        var order = new int[scores.length];
        var placed = new int[scores.length]; // at the first place of a value: how many of it have theirs
        for (var i = 0; i < scores.length; i++) {
            var first = first(sorted, key(scores, i));
            order[first + placed[first]++] = i;
        }
        return order;
    }

    /// What is sorted upwards; 0 − (−0) is 0, so that the two zeros are equal.
    private static double key(double[] scores, int i) {
        if (Double.isNaN(scores[i])) {
            throw new StriateException("Scores that are numbers were expected; received " + scores[i] + " at " + i
                    + ".");
        }
        return 0.0 - scores[i];
    }

    private static int first(double[] sorted, double value) {
        var low = 0;
        var high = sorted.length - 1;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
