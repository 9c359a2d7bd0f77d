package dev.striate.torch;

import dev.striate.graph.Shape;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/// The mean over all places; each place gets an equal share of the gradient.
record GlobalAvgPoolKernel(Shape input) implements Kernel {
    private static final long[] SIDES = { 2, 3 };

    @Override
    public Tensor forward(NodeContext node) {
        return node.x().mean(SIDES, true, new ScalarTypeOptional());
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = node.gradient();
        var share = gradient.div(new Scalar((double) input.size().area()));
        node.giveRead(0, share.expand(gradient.size(0), input.channels(), input.height(), input.width()));
    }
}
