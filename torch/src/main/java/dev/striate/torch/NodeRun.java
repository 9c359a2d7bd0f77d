package dev.striate.torch;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;

/// One node in one pass.
final class NodeRun implements NodeContext {
    private final Surroundings pass;
    private final PreparedNode node;
    private Tensor[] saved = {};
    private boolean again;

    /// What a node needs of the pass around it, by the nodes' indices.
    interface Surroundings {
        /// Whether nodes behave as in training.
        boolean training();

        /// Whether a backward pass will follow.
        boolean returns();

        Tensor value(int node);

        Tensor parameter(String name);

        Gradient gradient(int node);

        boolean wants(int node);

        void give(int node, Gradient gradient);

        Generator generator(int node);

        Scratch scratch();

        ComputeTypes types();
    }

    NodeRun(Surroundings pass, PreparedNode node) {
        this.pass = pass;
        this.node = node;
    }

    @Override
    public Tensor x(int input) {
        return pass.value(node.inputs()[input]);
    }

    @Override
    public int inputs() {
        return node.inputs().length;
    }

    @Override
    public int channels(int input) {
        return node.channels()[input];
    }

    @Override
    public Tensor y() {
        return pass.value(node.index());
    }

    @Override
    public Tensor parameter(String suffix) {
        return pass.parameter(node.name() + "." + suffix);
    }

    @Override
    public boolean training() {
        return pass.training() && !node.frozen();
    }

    @Override
    public boolean differentiable() {
        return pass.returns() && node.differentiable();
    }

    @Override
    public boolean trainsParameters() {
        return !node.frozen();
    }

    @Override
    public boolean again() {
        return again;
    }

    @Override
    public int target() {
        return pass.returns() ? node.trainingTarget() : node.inferenceTarget();
    }

    @Override
    public void save(Tensor... tensors) {
        if (!differentiable()) {
            for (var tensor : tensors) tensor.deallocate();
        } else if (!again) {
            saved = tensors;
            for (var tensor : tensors) Tensors.kept(tensor);
        }
    }

    @Override
    public Tensor saved(int index) {
        return saved[index];
    }

    @Override
    public Tensor gradient() {
        return pass.gradient(node.index()).tensor();
    }

    @Override
    public boolean ownsGradient() {
        return pass.gradient(node.index()).overwritable();
    }

    @Override
    public boolean wants(int input) {
        return pass.wants(node.inputs()[input]);
    }

    @Override
    public void give(int input, Tensor gradient) {
        pass.give(node.inputs()[input], new Gradient(gradient, true));
    }

    @Override
    public void pass(int input) {
        pass.give(node.inputs()[input], pass.gradient(node.index()).share());
    }

    @Override
    public void giveView(int input, Tensor view) {
        pass.give(node.inputs()[input], new Gradient(view, ownsGradient()));
    }

    @Override
    public void giveRead(int input, Tensor gradient) {
        pass.give(node.inputs()[input], new Gradient(gradient, false));
    }

    @Override
    public GeneratorOptional random() {
        return new GeneratorOptional(pass.generator(node.index()));
    }

    @Override
    public Scratch scratch() {
        return pass.scratch();
    }

    @Override
    public ComputeTypes types() {
        return pass.types();
    }

    /// Runs a kernel for the second time.
    Tensor again(Supplier<Tensor> kernel) {
        again = true;
        try {
            return kernel.get();
        } finally {
            again = false;
        }
    }

    void free() {
        for (var tensor : saved) tensor.deallocate();
        saved = new Tensor[0];
    }
}
