package dev.striate.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Leaky ReLU; its output has its input's sign, so backward reads the output.
record LeakyRectifier(Scalar slope) implements Elementwise {
    @Override
    public Tensor forward(Step step) {
        if (step.target() < 0) return torch.leaky_relu(step.x(), slope);
        var x = step.x();
        torch.leaky_relu_(x, slope);
        return x;
    }

    @Override
    public void backward(Step step) {
        step.give(0, torch.leaky_relu_backward(step.gradient(), step.y(), slope, true));
    }
}
