package dev.striate.torch;

import dev.striate.graph.Op;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Darknet's batch normalisation in training, around a kernel that divides by `s = √(v + ε)`, v being a channel's mean square.
///
/// With `v′ = v·n/(n − 1)` Darknet's output is `γ·x̂ + β`, `x̂ = (x − mean)/√(v′ + ε)`: the kernel's with the scale `γ·√((n − 1)/n)`.
/// The gradient that it gives back for `δ = γ·dy` is
/// `(δ − mean(δ) − (x − mean)/(v′ + 10⁻⁵) · mean(δ·(x − mean))) / √(v′ + 10⁻⁵)`: the kernel's own formula with another s.
record DarknetVariance(double n, double epsilon) {
    /// What Darknet adds to the variance on its way back; on the way there it adds next to nothing.
    private static final double ADDED_BACK = 1e-5;

    /// @param x the batch, whose second dimension are the channels
    static DarknetVariance of(Op.BatchNorm norm, Tensor x) {
        return new DarknetVariance((double) x.numel() / x.size(1), norm.epsilon());
    }

    /// The scale for the way there.
    Tensor scale(Tensor weight) {
        return weight.mul(new Scalar(Math.sqrt(1 / unbiased())));
    }

    /// The variance for the way back, to which the kernel adds ε.
    Tensor back(Tensor variance) {
        return variance.mul(new Scalar(unbiased())).add(new Scalar(ADDED_BACK - epsilon));
    }

    /// Turns the scale's gradient with the way back's x̂ into that with the output's.
    void correct(Tensor scaleGradient, Tensor variance) {
        var there = variance.mul(new Scalar(unbiased()));
        var back = there.add(new Scalar(ADDED_BACK));
        scaleGradient.mul_(back.div_(there.add_(new Scalar(epsilon))).sqrt_());
    }

    /// A single value has no variance, whatever that is divided by.
    private double unbiased() {
        return n / Math.max(1, n - 1);
    }
}
