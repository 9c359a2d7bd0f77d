package dev.striate.vision.rcnn;

import dev.striate.StriateException;

/// How the support vector machines of R-CNN learn.
///
/// @param cost C, what a violated margin costs; more fits closer
/// @param bias the value of the feature that is always there, whose weight is learnt like the others'
/// @param positiveWeight how many times as much a positive counts
/// @param norm the length that feature vectors are scaled to on average, so that one cost suits all layers
/// @param first how many negatives a machine begins with, at least
/// @param refit after how many new hard negatives it learns anew
public record SvmSettings(double cost, double bias, double positiveWeight, double norm, int first, int refit) {
    public SvmSettings {
        if (!(cost > 0 && bias >= 0 && positiveWeight > 0 && norm > 0) || first < 1 || refit < 1) {
            throw new StriateException(
                    "Support vector machines expect a cost, a weight and a norm above 0, a bias from "
                            + "0, and at least one negative to begin with and to refit after; received " + cost + ", "
                            + positiveWeight + ", " + norm + ", " + bias + ", " + first + " and " + refit + ".");
        }
    }

    /// Those of the published code, which the paper does not tell (Girshick et al. 2014, §2.3).
    public static SvmSettings rcnn() {
        return new SvmSettings(1e-3, 10, 2, 20, 2000, 2000);
    }

    /// The same with another weight of positives. Where a class has few of them and the features do not tell it well, the
    /// negatives outvote them, and a machine answers −1 to everything; then more helps.
    public SvmSettings withPositiveWeight(double positiveWeight) {
        return new SvmSettings(cost, bias, positiveWeight, norm, first, refit);
    }
}
