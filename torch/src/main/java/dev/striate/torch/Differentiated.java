package dev.striate.torch;

import java.util.function.BiFunction;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/// An operation of one input that is written forward only: libtorch's autograd differentiates it.
record Differentiated(BiFunction<Tensor, Step, Tensor> function) implements Kernel {
    @Override
    public Tensor forward(Step step) {
        var x = step.x().to(step.precision().rest());
        if (!step.differentiable()) return function.apply(x, step);
        var leaf = x.detach().requires_grad_(step.wants(0));
        try (var _ = Recording.on()) {
            var y = function.apply(leaf, step);
            step.save(y, leaf);
            return y.detach();
        }
    }

    @Override
    public void backward(Step step) {
        var gradient = step.gradient().to(step.precision().rest());
        step.saved(0).backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
        if (step.wants(0)) step.give(0, Tensors.own(step.saved(1).grad()));
    }
}
