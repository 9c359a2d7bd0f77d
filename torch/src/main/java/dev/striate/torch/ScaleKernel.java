package dev.striate.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Multiplication by a constant.
record ScaleKernel(Scalar factor) implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        if (node.target() < 0) return node.x().mul(factor);
        var x = node.x();
        x.mul_(factor);
        return x;
    }

    @Override
    public void backward(NodeContext node) {
        node.give(0, node.gradient().mul(factor));
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
