package dev.striate.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// ReLU, in place wherever its input is nobody else's; so is its backward.
record Rectifier() implements Elementwise {
    private static final Scalar ZERO = Tensors.kept(new Scalar(0));

    @Override
    public Tensor forward(Step step) {
        if (step.target() < 0) return torch.relu(step.x());
        var x = step.x();
        torch.relu_(x);
        return x;
    }

    @Override
    public void backward(Step step) {
        var gradient = step.gradient();
        if (step.ownsGradient()) {
            torch.threshold_backward_out(gradient, gradient, step.y(), ZERO);
            step.pass(0);
        } else {
            step.give(0, torch.threshold_backward(gradient, step.y(), ZERO));
        }
    }
}
