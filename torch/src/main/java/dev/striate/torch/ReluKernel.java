package dev.striate.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// ReLU, and what it lets through on the way back.
record ReluKernel(ReluGradient rule) implements PointwiseKernel {
    private static final Scalar ZERO = Tensors.kept(new Scalar(0));

    @Override
    public Tensor of(Tensor x) {
        return torch.relu(x);
    }

    @Override
    public void overwrite(Tensor x) {
        torch.relu_(x);
    }

    @Override
    public void differentiate(Tensor into, Tensor gradient, Tensor y) {
        switch (rule) {
            case TRUE -> masked(into, gradient, y);
            case DECONVNET -> torch.relu_out(into, gradient);
            case GUIDED -> masked(into, torch.relu_out(into, gradient), y);
        }
    }

    private static void masked(Tensor into, Tensor gradient, Tensor y) {
        torch.threshold_backward_out(into, gradient, y, ZERO);
    }
}
