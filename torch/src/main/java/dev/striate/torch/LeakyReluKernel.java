package dev.striate.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Leaky ReLU; its output has its input's sign, so backward reads the output.
record LeakyReluKernel(Scalar slope) implements PointwiseKernel {
    @Override
    public Tensor forward(NodeContext node) {
        if (node.target() < 0) return torch.leaky_relu(node.x(), slope);
        var x = node.x();
        torch.leaky_relu_(x, slope);
        return x;
    }

    @Override
    public void backward(NodeContext node) {
        node.give(0, torch.leaky_relu_backward(node.gradient(), node.y(), slope, true));
    }
}
