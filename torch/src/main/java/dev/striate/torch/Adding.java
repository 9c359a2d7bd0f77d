package dev.striate.torch;

import org.bytedeco.pytorch.Tensor;

/// The sum of its inputs, written over one of them where that is nobody else's; backward hands one gradient to all.
record Adding() implements Kernel {
    @Override
    public Tensor forward(Step step) {
        var target = step.target();
        var sum = target >= 0 ? step.x(target) : step.x(0).add(step.x(1));
        for (var k = target >= 0 ? 0 : 2; k < step.inputs(); k++) {
            if (k != target) sum.add_(step.x(k));
        }
        return sum;
    }

    @Override
    public void backward(Step step) {
        for (var k = 0; k < step.inputs(); k++) step.pass(k);
    }

    @Override
    public boolean canOverwrite() {
        return true;
    }
}
