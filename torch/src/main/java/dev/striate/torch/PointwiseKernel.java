package dev.striate.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A function of single values that is known to backward by its output: it works in place where it may, and is cheap to
/// compute again.
interface PointwiseKernel extends Kernel {
    Tensor of(Tensor x);

    /// Writes the function's values over its argument's.
    void overwrite(Tensor x);

    /// Writes the gradient of the input, perhaps over that of the output.
    void differentiate(Tensor into, Tensor gradient, Tensor y);

    @Override
    default Tensor forward(NodeContext node) {
        if (node.target() < 0) return of(node.x());
        var x = node.x();
        overwrite(x);
        return x;
    }

    @Override
    default void backward(NodeContext node) {
        var gradient = node.gradient();
        if (node.ownsGradient()) {
            differentiate(gradient, gradient, node.y());
            node.pass(0);
        } else {
            var given = torch.empty_like(gradient);
            differentiate(given, gradient, node.y());
            node.give(0, given);
        }
    }

    @Override
    default boolean readsOutput() {
        return true;
    }

    @Override
    default boolean canOverwrite() {
        return true;
    }

    @Override
    default boolean cheap() {
        return true;
    }
}
