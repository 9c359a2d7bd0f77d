package dev.striate.torch;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Dropout of single values, or of a picture's whole branch: in training a mask of 0 and 1/(1 − rate), else nothing.
record DropoutKernel(double rate, boolean wholePicture) implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        var x = node.x();
        if (!node.training() || rate == 0) return x.alias();
        var mask = mask(x, node);
        var y = x.mul(mask);
        node.save(mask);
        return y;
    }

    /// Drawn on the CPU, so that a CUDA run has the same masks.
    private Tensor mask(Tensor x, NodeContext node) {
        var sizes = new long[(int) x.dim()];
        Arrays.setAll(sizes, d -> wholePicture && d > 0 ? 1 : x.size(d));
        return torch.empty(sizes).bernoulli_(1 - rate, node.random()).div_(new Scalar(1 - rate)).to(x.device(),
                x.dtype());
    }

    @Override
    public void backward(NodeContext node) {
        if (!node.training() || rate == 0) node.pass(0);
        else node.give(0, node.gradient().mul(node.saved(0)));
    }

    @Override
    public boolean aliases() {
        return true;
    }
}
