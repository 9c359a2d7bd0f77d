package dev.striate.torch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// One run through a prepared network: forward, and in training backward, freeing each value when its last reader is done.
final class Pass implements NodeRun.Surroundings, AutoCloseable {
    /// Keeps the seeds of neighbouring steps apart. A weight depends on it: it stays as it is.
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final ExecutionGraph graph;
    private final ParameterTensors parameters;
    private final ComputeTypes types;
    private final Mode mode;
    private final long seed;
    private final @Nullable Tensor[] values;
    private final ScalarType[] written;
    private final @Nullable Gradient[] gradients;
    private final NodeRun[] runs;
    private final Scratch scratch = new Scratch();
    private @Nullable Generator generator;

    /// What a pass is for.
    enum Mode {
        /// Values are freed as soon as they are read.
        PREDICTION(false, false),
        /// As in prediction, but a backward pass follows.
        INSPECTION(false, true),
        /// Statistics are the batch's, dropout drops, and a backward pass follows.
        TRAINING(true, true);

        private final boolean trains;
        private final boolean returns;

        Mode(boolean trains, boolean returns) {
            this.trains = trains;
            this.returns = returns;
        }
    }

    /// @param seed the random stream of this pass: dropout's masks depend on it and on nothing else
    Pass(ExecutionGraph graph, ParameterTensors parameters, ComputeTypes types, Mode mode, long seed) {
        this.graph = graph;
        this.parameters = parameters;
        this.types = types;
        this.mode = mode;
        this.seed = seed;
        var count = graph.nodes().size();
        values = new Tensor[count];
        written = new ScalarType[count];
        gradients = new Gradient[count];
        runs = new NodeRun[count];
    }

    /// Runs all nodes; the outputs stay the pass's own until it is closed.
    Map<String, Tensor> forward(Tensor input) {
        return forward(input, (_, _) -> {});
    }

    /// The same, showing each node's output before a later node may write over it.
    Map<String, Tensor> forward(Tensor input, BiConsumer<PreparedNode, Tensor> observer) {
        try (var _ = GradMode.off()) {
            values[0] = Tensors.kept(input.alias());
            written[0] = input.scalar_type().intern();
            for (var node : graph.nodes()) {
                run(node);
                if (values[node.index()] != null) observer.accept(node, values[node.index()]);
            }
        }
        var outputs = new LinkedHashMap<String, Tensor>();
        graph.network().outputs().forEach((name, index) -> outputs.put(name, value(index)));
        return outputs;
    }

    String inputName() {
        return graph.nodes().getFirst().name();
    }

    private void run(PreparedNode node) {
        var i = node.index();
        runs[i] = new NodeRun(this, node);
        if (i > 0) {
            values[i] = output(() -> node.kernel().forward(runs[i]));
            written[i] = values[i].scalar_type().intern();
            disown(node, runs[i].target());
        }
        for (var input : node.inputs()) {
            if (graph.lastReader(input) == i && !(mode.returns && graph.kept(input))) freeValue(input);
        }
    }

    /// What a kernel makes; whatever else it made on the way is freed.
    private static Tensor output(Supplier<Tensor> kernel) {
        try (var _ = new PointerScope()) {
            return Tensors.kept(kernel.get());
        }
    }

    /// An output written over an input has taken its memory: the input's value is gone.
    private void disown(PreparedNode node, int target) {
        if (target < 0) return;
        var input = node.inputs()[target];
        if (values[input] == values[node.index()]) values[input] = null;
    }

    /// Takes the gradients of outputs back through the network: into the parameters' gradients, and to the input's.
    void backward(Map<String, Tensor> outputGradients) {
        backward(outputGradients, (_, _) -> {});
    }

    /// The same, showing the gradient of each node's output before it is taken further.
    void backward(Map<String, Tensor> outputGradients, BiConsumer<PreparedNode, Tensor> observer) {
        outputGradients.forEach((name, gradient) -> give(graph.network().outputs().get(name),
                new Gradient(gradient.alias(), false)));
        takeBack(_ -> {}, observer);
    }

    /// The same, where each output's own gradient is added, when its turn comes, to what has come back to it: by then what
    /// later nodes kept is gone.
    void backwardInTurn(Map<String, Consumer<Tensor>> outputGradients) {
        var byNode = new HashMap<Integer, Consumer<Tensor>>();
        outputGradients.forEach((name, adds) -> byNode.put(graph.network().outputs().get(name), adds));
        takeBack(i -> {
            if (byNode.containsKey(i)) add(i, byNode.get(i));
        }, (_, _) -> {});
    }

    private void add(int node, Consumer<Tensor> adds) {
        try (var _ = new PointerScope()) {
            if (gradients[node] == null) gradients[node] = new Gradient(torch.zeros_like(value(node)), true);
            else if (!gradients[node].overwritable()) give(node, new Gradient(torch.zeros_like(value(node)), true));
            adds.accept(gradients[node].tensor());
        }
    }

    private void takeBack(IntConsumer before, BiConsumer<PreparedNode, Tensor> observer) {
        try (var _ = GradMode.off()) {
            for (var i = graph.nodes().size() - 1; i > 0; i--) {
                before.accept(i);
                if (gradients[i] != null) {
                    observer.accept(graph.nodes().get(i), gradients[i].tensor());
                    if (!graph.nodes().get(i).kernel().readsOutput()) freeUnlessOutput(i);
                    takeBack(i);
                }
                finish(i);
            }
        }
    }

    private void takeBack(int i) {
        try (var _ = new PointerScope()) {
            graph.nodes().get(i).kernel().backward(runs[i]);
        }
    }

    private void finish(int i) {
        if (gradients[i] != null) gradients[i].release();
        gradients[i] = null;
        runs[i].free();
        freeUnlessOutput(i);
    }

    /// Frees the value of a node, whose readers have all gone back.
    private void freeUnlessOutput(int node) {
        if (graph.lastReader(node) != Liveness.CALLER) freeValue(node);
    }

    /// The gradient of the pictures, after backward; only where the program was told that it would be asked for.
    Tensor inputGradient() {
        return gradient(0).tensor();
    }

    /// A node's output; where it was not kept for the backward pass it is computed again.
    @Override
    public Tensor value(int node) {
        if (values[node] == null) {
            var prepared = graph.nodes().get(node);
            values[node] = output(() -> runs[node].again(() -> prepared.kernel().forward(runs[node])));
            disown(prepared, runs[node].target());
        }
        return values[node];
    }

    private void freeValue(int node) {
        if (values[node] != null) values[node].deallocate();
        values[node] = null;
    }

    @Override
    public Gradient gradient(int node) {
        var gradient = gradients[node];
        if (gradient == null) throw new IllegalStateException("No gradient has reached node " + node);
        return gradient;
    }

    @Override
    public boolean wants(int node) {
        return graph.differentiable(node);
    }

    @Override
    public void give(int node, Gradient gradient) {
        if (!wants(node)) {
            gradient.release();
            return;
        }
        var typed = gradient.as(written[node]);
        gradients[node] = gradients[node] == null ? typed : gradients[node].plus(typed);
    }

    @Override
    public boolean training() {
        return mode.trains;
    }

    @Override
    public boolean returns() {
        return mode.returns;
    }

    @Override
    public ComputeTypes types() {
        return types;
    }

    @Override
    public Tensor parameter(String name) {
        return parameters.get(name);
    }

    /// A random stream keyed by the pass's seed and the node: what other nodes draw does not change it.
    @Override
    public Generator generator(int node) {
        if (generator == null) generator = Tensors.kept(torch.createCPUGenerator());
        generator.set_current_seed(seed * SPREAD + node);
        return generator;
    }

    @Override
    public Scratch scratch() {
        return scratch;
    }

    @Override
    public void close() {
        scratch.close();
        for (var i = 0; i < values.length; i++) {
            freeValue(i);
            if (gradients[i] != null) gradients[i].release();
            gradients[i] = null;
            if (runs[i] != null) runs[i].free();
        }
        if (generator != null) generator.deallocate();
    }
}
