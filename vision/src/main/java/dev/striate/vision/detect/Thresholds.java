package dev.striate.vision.detect;

import dev.striate.StriateException;
import dev.striate.detect.Suppression;

/// Which of the boxes that a network proposes are objects.
///
/// @param score the least score of an object, from 0 to 1
/// @param overlap the most that two boxes of one class may share, as intersection over union from 0 to 1; of two that share
///        more the surer one stays (non-maximum suppression)
public record Thresholds(double score, double overlap) {
    /// What Darknet's detector takes (Redmon and Farhadi 2018).
    public static final Thresholds DEFAULT = new Thresholds(0.25, Suppression.USUAL_OVERLAP);

    public Thresholds {
        check("The least score of an object", score);
        check("The overlap of two boxes", overlap);
    }

    private static void check(String what, double value) {
        if (value >= 0 && value <= 1) return;
        throw new StriateException(what + " is from 0 to 1; received " + value + ".");
    }
}
