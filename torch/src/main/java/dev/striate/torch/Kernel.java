package dev.striate.torch;

import org.bytedeco.pytorch.Tensor;

/// One node's operation on libtorch, forward and backward; it holds no state of a run: that is the [NodeContext]'s.
interface Kernel {
    /// The node's output.
    Tensor forward(NodeContext node);

    /// Takes the gradient of the output and gives those of the inputs ([NodeContext#give]) and of the parameters.
    void backward(NodeContext node);

    /// Whether backward reads the inputs' values.
    default boolean readsInputs() {
        return false;
    }

    /// Whether it does so for the parameters' gradients alone: where none is trained, inputs need not be kept.
    default boolean readsInputsForParameters() {
        return false;
    }

    /// Whether backward reads the output's values.
    default boolean readsOutput() {
        return false;
    }

    /// Whether forward can write its output over one of its inputs ([NodeContext#target] then names it).
    default boolean canOverwrite() {
        return false;
    }

    /// Whether the output shares its memory with the input.
    default boolean aliases() {
        return false;
    }

    /// Whether the output is cheap to compute again instead of keeping it.
    default boolean cheap() {
        return false;
    }
}
