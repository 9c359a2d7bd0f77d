package dev.striate.torch;

import org.bytedeco.pytorch.Tensor;

/// The sum of its inputs, written over one of them where that is nobody else's; backward hands one gradient to all.
record AddKernel() implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        var target = node.target();
        var sum = target >= 0 ? node.x(target) : node.x(0).add(node.x(1));
        for (var k = target >= 0 ? 0 : 2; k < node.inputs(); k++) {
            if (k != target) sum.add_(node.x(k));
        }
        return sum;
    }

    @Override
    public void backward(NodeContext node) {
        for (var k = 0; k < node.inputs(); k++) node.pass(k);
    }

    @Override
    public boolean canOverwrite() {
        return true;
    }
}
