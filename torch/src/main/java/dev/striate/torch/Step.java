package dev.striate.torch;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/// One node in one pass: what its kernel sees.
final class Step {
    private final Pass pass;
    private final Program.Prepared node;
    private Tensor[] saved = {};
    private boolean again;

    Step(Pass pass, Program.Prepared node) {
        this.pass = pass;
        this.node = node;
    }

    Tensor x() {
        return x(0);
    }

    Tensor x(int input) {
        return pass.value(node.inputs()[input]);
    }

    int inputs() {
        return node.inputs().length;
    }

    /// How many channels an input has.
    int channels(int input) {
        return node.channels()[input];
    }

    Tensor y() {
        return pass.value(node.index());
    }

    /// The parameter of this name, or an undefined optional.
    Tensor parameter(String suffix) {
        return pass.parameters().get(node.name() + "." + suffix);
    }

    TensorOptional optional(boolean present, String suffix) {
        return present ? new TensorOptional(parameter(suffix)) : new TensorOptional();
    }

    /// Whether this node behaves as in training: not at inference, nor where its parameters are frozen.
    boolean training() {
        return pass.training() && !node.frozen();
    }

    /// Whether a backward pass will follow that reaches this node.
    boolean differentiable() {
        return pass.training() && node.differentiable();
    }

    /// Whether the parameters of this node are trained.
    boolean trainsParameters() {
        return !node.frozen();
    }

    /// Whether the output is computed a second time, for the backward pass: statistics must not move again.
    boolean again() {
        return again;
    }

    /// The input that the output may be written over, or −1.
    int target() {
        return pass.training() ? node.trainingTarget() : node.inferenceTarget();
    }

    void save(Tensor... tensors) {
        if (!differentiable()) {
            for (var tensor : tensors) tensor.deallocate();
        } else if (!again) {
            saved = tensors;
            for (var tensor : tensors) Tensors.kept(tensor);
        }
    }

    Tensor saved(int index) {
        return saved[index];
    }

    Tensor gradient() {
        return pass.gradient(node.index()).tensor();
    }

    /// Whether the gradient may be written over: nobody else will read it.
    boolean ownsGradient() {
        return pass.gradient(node.index()).overwritable();
    }

    /// Whether anybody wants the gradient of this input.
    boolean wants(int input) {
        return pass.wants(node.inputs()[input]);
    }

    /// Gives a fresh tensor as the gradient of an input.
    void give(int input, Tensor gradient) {
        pass.give(node.inputs()[input], new Gradient(gradient, true));
    }

    /// Gives this node's own gradient on to an input.
    void pass(int input) {
        pass.give(node.inputs()[input], pass.gradient(node.index()).share());
    }

    /// Gives a part or another view of this node's own gradient on to an input.
    void giveView(int input, Tensor view) {
        pass.give(node.inputs()[input], new Gradient(view, ownsGradient()));
    }

    /// Gives a tensor that must not be written over, because several of its places share memory.
    void giveRead(int input, Tensor gradient) {
        pass.give(node.inputs()[input], new Gradient(gradient, false));
    }

    /// Adds to a parameter's gradient, and frees what was added.
    void addTo(String suffix, Tensor gradient) {
        parameter(suffix).mutable_grad().add_(gradient);
        gradient.deallocate();
    }

    /// A random stream for this node in this step.
    GeneratorOptional random() {
        Generator generator = pass.generator(node.index());
        return new GeneratorOptional(generator);
    }

    Pass.Precise precision() {
        return pass.precise();
    }

    Tensor recompute(Kernel kernel) {
        again = true;
        var output = kernel.forward(this);
        again = false;
        return output;
    }

    void free() {
        for (var tensor : saved) tensor.deallocate();
        saved = new Tensor[0];
    }
}
