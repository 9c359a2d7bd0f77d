package dev.striate.torch;

import dev.striate.graph.Op;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Batch normalisation by libtorch; a recomputed forward pass leaves the running statistics alone.
record BatchNormKernel(Op.BatchNorm norm) implements Kernel {
    private static final BoolPointer ALL = Tensors.kept(Tensors.flags(true, true, true));
    private static final BoolPointer INPUT = Tensors.kept(Tensors.flags(true, false, false));

    @Override
    public Tensor forward(NodeContext node) {
        var training = node.training();
        var statistics = !(training && node.again());
        var result = Tensors.split(torch.native_batch_norm(node.x(), node.optional(true, "weight"),
                node.optional(true, "bias"),
                node.optional(statistics, "running_mean"), node.optional(statistics, "running_var"), training,
                norm.momentum(), norm.epsilon()));
        node.save(result[1], result[2]);
        return result[0];
    }

    @Override
    public void backward(NodeContext node) {
        var result = Tensors
                .split(torch.native_batch_norm_backward(node.gradient(), node.x(), node.optional(true, "weight"),
                        node.optional(true, "running_mean"), node.optional(true, "running_var"),
                        new TensorOptional(node.saved(0)),
                        new TensorOptional(node.saved(1)), node.training(), norm.epsilon(),
                        node.trainsParameters() ? ALL : INPUT));
        node.give(0, result[0]);
        if (!node.trainsParameters()) return;
        node.addTo("weight", result[1]);
        node.addTo("bias", result[2]);
    }

    @Override
    public boolean readsInputs() {
        return true;
    }

    @Override
    public boolean cheap() {
        return true;
    }
}
