package dev.striate.torch;

import dev.striate.graph.Op;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.Scalar;
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
        var weight = isDarknets(node)
                ? new TensorOptional(DarknetVariance.of(norm, node.x()).scale(node.parameter("weight")))
                : node.optional(true, "weight");
        var result = Tensors.split(torch.native_batch_norm(node.x(), weight, node.optional(true, "bias"),
                node.optional(statistics, "running_mean"), node.optional(statistics, "running_var"), training,
                norm.momentum(), norm.epsilon()));
        node.save(result[1], result[2]);
        return result[0];
    }

    @Override
    public void backward(NodeContext node) {
        var inverse = isDarknets(node) ? inverseBack(node) : node.saved(1);
        var result = Tensors
                .split(torch.native_batch_norm_backward(node.gradient(), node.x(), node.optional(true, "weight"),
                        node.optional(true, "running_mean"), node.optional(true, "running_var"),
                        new TensorOptional(node.saved(0)),
                        new TensorOptional(inverse), node.training(), norm.epsilon(),
                        node.trainsParameters() ? ALL : INPUT));
        node.give(0, result[0]);
        if (!node.trainsParameters()) return;
        if (isDarknets(node)) DarknetVariance.of(norm, node.x()).correct(result[1], variance(node));
        node.addTo("weight", result[1]);
        node.addTo("bias", result[2]);
    }

    private boolean isDarknets(NodeContext node) {
        return node.training() && norm.variance() == Op.BatchVariance.DARKNET;
    }

    private Tensor inverseBack(NodeContext node) {
        var variance = DarknetVariance.of(norm, node.x()).back(variance(node));
        return variance.add_(new Scalar(norm.epsilon())).rsqrt_();
    }

    /// The batch's variance: what was saved is 1/√(v + ε).
    private Tensor variance(NodeContext node) {
        return node.saved(1).pow(new Scalar(-2)).sub_(new Scalar(norm.epsilon()));
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
