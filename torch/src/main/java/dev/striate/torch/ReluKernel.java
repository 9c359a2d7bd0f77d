package dev.striate.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// ReLU, in place wherever its input is nobody else's; so is its backward.
record ReluKernel(ReluGradient rule) implements PointwiseKernel {
    private static final Scalar ZERO = Tensors.kept(new Scalar(0));

    @Override
    public Tensor forward(NodeContext node) {
        if (node.target() < 0) return torch.relu(node.x());
        var x = node.x();
        torch.relu_(x);
        return x;
    }

    @Override
    public void backward(NodeContext node) {
        switch (rule) {
            case TRUE -> masked(node);
            case DECONVNET -> node.give(0, torch.relu(node.gradient()));
            case GUIDED -> node.give(0, torch.threshold_backward(torch.relu(node.gradient()), node.y(), ZERO));
        }
    }

    private static void masked(NodeContext node) {
        var gradient = node.gradient();
        if (node.ownsGradient()) {
            torch.threshold_backward_out(gradient, gradient, node.y(), ZERO);
            node.pass(0);
        } else {
            node.give(0, torch.threshold_backward(gradient, node.y(), ZERO));
        }
    }
}
