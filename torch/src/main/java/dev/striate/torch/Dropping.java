package dev.striate.torch;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Dropout of single values, or of a picture's whole branch: in training a mask of 0 and 1/(1 − rate), else nothing.
record Dropping(double rate, boolean wholePicture) implements Kernel {
    @Override
    public Tensor forward(Step step) {
        var x = step.x();
        if (!step.training() || rate == 0) return x.alias();
        var mask = mask(x, step);
        var y = x.mul(mask);
        step.save(mask);
        return y;
    }

    /// Drawn on the CPU, so that a CUDA run has the same masks.
    private Tensor mask(Tensor x, Step step) {
        var sizes = new long[(int) x.dim()];
        Arrays.setAll(sizes, d -> wholePicture && d > 0 ? 1 : x.size(d));
        return torch.empty(sizes).bernoulli_(1 - rate, step.random()).div_(new Scalar(1 - rate)).to(x.device(),
                x.dtype());
    }

    @Override
    public void backward(Step step) {
        if (!step.training() || rate == 0) step.pass(0);
        else step.give(0, step.gradient().mul(step.saved(0)));
    }

    @Override
    public boolean aliases() {
        return true;
    }
}
