package dev.striate.region;

import dev.striate.StriateException;

/// The loss of an error d, `½d²/β` where |d| < β, else `|d| − ½β` (Girshick 2015, §2.3, eq. 3), and its slope.
///
/// @param beta 1 in Fast R-CNN
public record SmoothL1(double beta) {
    public SmoothL1 {
        if (!(beta > 0 && Double.isFinite(beta))) {
            throw new StriateException("The beta of smooth L1 was expected above 0; received " + beta + ".");
        }
    }

    /// By the σ of Faster R-CNN's published code, 3 there for anchors: `½(σd)²` where |d| < 1/σ².
    public static SmoothL1 ofSigma(double sigma) {
        return new SmoothL1(1 / (sigma * sigma));
    }

    public double value(double error) {
        var size = Math.abs(error);
        return size < beta ? size * size / (2 * beta) : size - beta / 2;
    }

    public double slope(double error) {
        return Math.clamp(error / beta, -1.0, 1.0);
    }
}
