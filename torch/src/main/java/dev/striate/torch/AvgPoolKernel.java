package dev.striate.torch;

import dev.striate.graph.Op;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Average pooling.
record AvgPoolKernel(long[] kernel, long[] stride, long[] padding, boolean ceil, boolean countPadding)
        implements
        Kernel {
    AvgPoolKernel(Op.AvgPool pool) {
        this(Tensors.longs(pool.window().kernel()), Tensors.longs(pool.window().stride()),
                Tensors.longs(pool.window().padding()),
                pool.ceil(),
                pool.countPadding());
    }

    @Override
    public Tensor forward(NodeContext node) {
        return torch.avg_pool2d(node.x(), kernel, stride, padding, ceil, countPadding, new LongOptional());
    }

    @Override
    public void backward(NodeContext node) {
        node.give(0,
                torch.avg_pool2d_backward(node.gradient(), node.x(), kernel, stride, padding, ceil, countPadding,
                        new LongOptional()));
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
