package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Window;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Max pooling; where each maximum was is kept for the way back.
record MaxPoolKernel(long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceil) implements Kernel {
    MaxPoolKernel(Op.MaxPool pool) {
        this(pool.window(), pool.ceil());
    }

    private MaxPoolKernel(Window window, boolean ceil) {
        this(Tensors.longs(window.kernel()), Tensors.longs(window.stride()), Tensors.longs(window.padding()),
                Tensors.longs(window.dilation()),
                ceil);
    }

    @Override
    public Tensor forward(NodeContext node) {
        if (!node.differentiable()) return torch.max_pool2d(node.x(), kernel, stride, padding, dilation, ceil);
        var result = Tensors
                .split(torch.max_pool2d_with_indices(node.x(), kernel, stride, padding, dilation, ceil));
        node.save(result[1]);
        return result[0];
    }

    @Override
    public void backward(NodeContext node) {
        node.give(0, torch.max_pool2d_with_indices_backward(node.gradient(), node.x(), kernel, stride, padding,
                dilation, ceil, node.saved(0)));
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
