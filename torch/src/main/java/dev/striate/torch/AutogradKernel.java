package dev.striate.torch;

import java.util.function.BiFunction;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/// An operation of one input that is written forward only: libtorch's autograd differentiates it.
record AutogradKernel(BiFunction<Tensor, NodeContext, Tensor> function) implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        var x = node.x().to(node.types().rest());
        if (!node.differentiable()) return function.apply(x, node);
        var leaf = x.detach().requires_grad_(node.wants(0));
        try (var _ = GradMode.on()) {
            var y = function.apply(leaf, node);
            node.save(y, leaf);
            return y.detach();
        }
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = node.gradient().to(node.types().rest());
        node.saved(0).backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
        if (node.wants(0)) node.give(0, Tensors.own(node.saved(1).grad()));
    }
}
