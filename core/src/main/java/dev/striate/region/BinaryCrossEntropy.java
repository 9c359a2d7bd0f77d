package dev.striate.region;

/// `−t log σ(z) − (1 − t) log(1 − σ(z))` of a logit z and a target t from 0 to 1. Of a softmax over two classes the
/// logit is the difference of theirs.
final class BinaryCrossEntropy {
    private BinaryCrossEntropy() {}

    static double value(double logit, double target) {
        return Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
    }

    /// By the logit.
    static double slope(double logit, double target) {
        return sigmoid(logit) - target;
    }

    static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
