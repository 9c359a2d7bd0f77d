package dev.striate.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Multiplication by a constant.
record Scaling(Scalar factor) implements Kernel {
    @Override
    public Tensor forward(Step step) {
        if (step.target() < 0) return step.x().mul(factor);
        var x = step.x();
        x.mul_(factor);
        return x;
    }

    @Override
    public void backward(Step step) {
        step.give(0, step.gradient().mul(factor));
    }

    @Override
    public boolean canOverwrite() {
        return true;
    }

    @Override
    public boolean cheap() {
        return true;
    }
}
