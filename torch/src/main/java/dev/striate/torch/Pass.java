package dev.striate.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// One run through a program: forward, and in training backward, freeing each value when its last reader is done.
final class Pass implements AutoCloseable {
    private final Program program;
    private final ParameterTensors parameters;
    private final Precise precise;
    private final boolean training;
    private final long seed;
    private final @Nullable Tensor[] values;
    private final @Nullable Gradient[] gradients;
    private final Step[] steps;
    private @Nullable Generator generator;

    /// The type in which convolutions and matrix products compute; the rest computes in the parameters' type.
    record Precise(ScalarType products, ScalarType rest) {
        static final Precise FLOAT32 = new Precise(ScalarType.Float, ScalarType.Float);
        static final Precise FLOAT64 = new Precise(ScalarType.Double, ScalarType.Double);
        static final Precise BFLOAT16 = new Precise(ScalarType.BFloat16, ScalarType.Float);

        boolean mixed() {
            return products != rest;
        }
    }

    /// @param seed the random stream of this pass: dropout's masks depend on it and on nothing else
    Pass(Program program, ParameterTensors parameters, Precise precise, boolean training, long seed) {
        this.program = program;
        this.parameters = parameters;
        this.precise = precise;
        this.training = training;
        this.seed = seed;
        var count = program.nodes().size();
        values = new Tensor[count];
        gradients = new Gradient[count];
        steps = new Step[count];
    }

    /// Runs all nodes; the outputs stay the pass's own until it is closed.
    Map<String, Tensor> forward(Tensor input) {
        return forward(input, (_, _) -> {});
    }

    /// The same, showing each node's output before a later node may write over it.
    Map<String, Tensor> forward(Tensor input, BiConsumer<Program.Prepared, Tensor> observer) {
        try (var _ = Recording.off()) {
            values[0] = input.alias();
            for (var node : program.nodes()) {
                run(node);
                if (values[node.index()] != null) observer.accept(node, values[node.index()]);
            }
        }
        var outputs = new LinkedHashMap<String, Tensor>();
        program.network().outputs().forEach((name, index) -> outputs.put(name, value(index)));
        return outputs;
    }

    String inputName() {
        return program.nodes().getFirst().name();
    }

    private void run(Program.Prepared node) {
        var i = node.index();
        steps[i] = new Step(this, node);
        if (i > 0) {
            values[i] = output(() -> node.kernel().forward(steps[i]));
            disown(node, steps[i].target());
        }
        for (var input : node.inputs()) {
            if (program.lastReader(input) == i && !(training && program.kept(input))) freeValue(input);
        }
    }

    /// What a kernel makes; whatever else it made on the way is freed.
    private static Tensor output(Supplier<Tensor> kernel) {
        try (var _ = new PointerScope()) {
            return Tensors.kept(kernel.get());
        }
    }

    /// An output written over an input has taken its memory: the input's value is gone.
    private void disown(Program.Prepared node, int target) {
        if (target < 0) return;
        var input = node.inputs()[target];
        if (values[input] == values[node.index()]) values[input] = null;
    }

    /// Takes the gradients of outputs back through the network: into the parameters' gradients, and to the input's.
    void backward(Map<String, Tensor> outputGradients) {
        outputGradients.forEach((name, gradient) -> give(program.network().outputs().get(name),
                new Gradient(gradient.alias(), false)));
        try (var _ = Recording.off()) {
            for (var i = program.nodes().size() - 1; i > 0; i--) {
                if (gradients[i] != null) takeBack(i);
                finish(i);
            }
        }
    }

    private void takeBack(int i) {
        try (var _ = new PointerScope()) {
            program.nodes().get(i).kernel().backward(steps[i]);
        }
    }

    private void finish(int i) {
        if (gradients[i] != null) gradients[i].release();
        gradients[i] = null;
        steps[i].free();
        if (program.lastReader(i) != Integer.MAX_VALUE) freeValue(i);
    }

    /// The gradient of the pictures, after backward; only where the program was told that it would be asked for.
    Tensor inputGradient() {
        return gradient(0).tensor();
    }

    /// A node's output; where it was not kept for the backward pass it is computed again.
    Tensor value(int node) {
        if (values[node] == null) {
            var prepared = program.nodes().get(node);
            values[node] = output(() -> steps[node].recompute(prepared.kernel()));
            disown(prepared, steps[node].target());
        }
        return values[node];
    }

    private void freeValue(int node) {
        if (values[node] != null) values[node].deallocate();
        values[node] = null;
    }

    Gradient gradient(int node) {
        var gradient = gradients[node];
        if (gradient == null) throw new IllegalStateException("No gradient has reached node " + node);
        return gradient;
    }

    boolean wants(int node) {
        return program.differentiable(node);
    }

    void give(int node, Gradient gradient) {
        if (!wants(node)) gradient.release();
        else gradients[node] = gradients[node] == null ? gradient : gradients[node].plus(gradient);
    }

    boolean training() {
        return training;
    }

    Precise precise() {
        return precise;
    }

    ParameterTensors parameters() {
        return parameters;
    }

    /// A random stream keyed by the pass's seed and the node: what other nodes draw does not change it.
    Generator generator(int node) {
        if (generator == null) generator = Tensors.kept(torch.createCPUGenerator());
        generator.set_current_seed(seed * 0x9E3779B97F4A7C15L + node);
        return generator;
    }

    @Override
    public void close() {
        for (var i = 0; i < values.length; i++) {
            freeValue(i);
            if (gradients[i] != null) gradients[i].release();
            gradients[i] = null;
            if (steps[i] != null) steps[i].free();
        }
        if (generator != null) generator.deallocate();
    }
}
