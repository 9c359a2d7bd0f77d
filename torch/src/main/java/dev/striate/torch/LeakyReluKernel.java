package dev.striate.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Leaky ReLU; its output has its input's sign, so backward reads the output.
record LeakyReluKernel(Scalar slope) implements PointwiseKernel {
    @Override
    public Tensor of(Tensor x) {
        return torch.leaky_relu(x, slope);
    }

    @Override
    public void overwrite(Tensor x) {
        torch.leaky_relu_(x, slope);
    }

    @Override
    public void differentiate(Tensor into, Tensor gradient, Tensor y) {
        torch.leaky_relu_backward_out(into, gradient, y, slope, true);
    }
}
