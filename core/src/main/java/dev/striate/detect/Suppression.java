package dev.striate.detect;

import dev.striate.StriateException;

/// When a box repeats a surer one: when their overlap, less the distance of their centres, is above a threshold. The overlap
/// is intersection over union; the distance counts as `(d²/c²)^power`, with the diagonal c of the smallest box about both
/// (Zheng et al. 2020, §3.3, with a power of 1; Darknet's `greedynms` with 0.6).
///
/// @param threshold from 0 to 1; a box of exactly this much stays
/// @param power infinite where distance does not count
public record Suppression(double threshold, double power) {
    /// The threshold of Darknet's detector.
    public static final double USUAL_OVERLAP = 0.45;

    public Suppression {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new StriateException("An overlap from 0 to 1 was expected; received " + threshold + ".");
        }
        if (!(power > 0)) {
            throw new StriateException("A power of the distance above 0 was expected; received " + power + ".");
        }
    }

    /// By overlap alone.
    public static Suppression byOverlap(double iou) {
        return new Suppression(iou, Double.POSITIVE_INFINITY);
    }

    /// Whether boxes of this overlap, squared distance of centres and squared diagonal repeat one another.
    boolean repeats(double iou, double distance, double diagonal) {
        if (!(iou > threshold)) return false;
        return Double.isInfinite(power) || iou - Math.pow(distance / diagonal, power) > threshold;
    }
}
