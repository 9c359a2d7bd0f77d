package dev.striate.torch;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/// What a [Kernel] sees of its node in one pass.
interface NodeContext {
    default Tensor x() {
        return x(0);
    }

    Tensor x(int input);

    int inputs();

    /// How many channels an input has.
    int channels(int input);

    Tensor y();

    /// The node's parameter of this name.
    Tensor parameter(String suffix);

    default TensorOptional optional(boolean present, String suffix) {
        return present ? new TensorOptional(parameter(suffix)) : new TensorOptional();
    }

    /// Whether this node behaves as in training: not at inference, nor where its parameters are frozen.
    boolean training();

    /// Whether a backward pass will follow that reaches this node.
    boolean differentiable();

    /// Whether the parameters of this node are trained.
    boolean trainsParameters();

    /// Whether the output is computed a second time, for the backward pass: statistics must not move again.
    boolean again();

    /// The input that the output may be written over, or −1.
    int target();

    /// Keeps what backward will need besides inputs and output; frees it where no backward pass will come.
    void save(Tensor... tensors);

    Tensor saved(int index);

    /// The gradient of the output.
    Tensor gradient();

    /// Whether the gradient may be written over: nobody else will read it.
    boolean ownsGradient();

    /// Whether anybody wants the gradient of this input.
    boolean wants(int input);

    /// Gives a fresh tensor as the gradient of an input.
    void give(int input, Tensor gradient);

    /// Gives this node's own gradient on to an input.
    void pass(int input);

    /// Gives a part or another view of this node's own gradient on to an input.
    void giveView(int input, Tensor view);

    /// Gives a tensor that must not be written over, because several of its places share memory.
    void giveRead(int input, Tensor gradient);

    /// Adds to a parameter's gradient, and frees what was added.
    default void addTo(String suffix, Tensor gradient) {
        parameter(suffix).mutable_grad().add_(gradient);
        gradient.deallocate();
    }

    /// A random stream for this node in this step.
    GeneratorOptional random();

    /// Memory to work in, until the next node's turn.
    Scratch scratch();

    ComputeTypes types();
}
