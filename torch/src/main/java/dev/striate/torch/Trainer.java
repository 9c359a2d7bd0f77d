package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Averaging;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Recipe;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Takes a model a step at a time along its recipe: forward, loss, backward, update.
///
/// A step does not wait for the device: loss and accuracy add up there until [#progress] asks for them.
public final class Trainer implements AutoCloseable {
    private final Model model;
    private final Recipe recipe;
    private final ExecutionGraph graph;
    private final OptimizerSteps updates;
    private final Tensor progress;
    private int pendingBatches;
    private long pictures;

    /// What happened since the last look: pictures seen, their mean loss, and the share whose label ranked first.
    public record Progress(long pictures, double loss, double accuracy) {}

    public Trainer(Model model, Recipe recipe) {
        this(model, recipe, false);
    }

    /// @param recompute whether cheap activations are computed again for the backward pass instead of kept: less memory
    public Trainer(Model model, Recipe recipe, boolean recompute) {
        this.model = model;
        this.recipe = recipe;
        var parameters = model.parameters();
        parameters.train();
        graph = new ExecutionGraph(model.network(), Purpose.training(p -> !parameters.isFrozen(p), recompute,
                !recompute && Kernels.canFuse(model.device(), model.types())));
        updates = new OptimizerSteps(recipe.descent(), parameters.flat());
        progress = org.bytedeco.pytorch.global.torch.zeros(new long[] { 2 }, model.device().options(ScalarType.Double));
    }

    /// Learns from one batch at this learning rate; weights move once the recipe's accumulation is full.
    ///
    /// On the CPU a loss or a gradient that is not finite ends the run here, before the weights move, naming the layer;
    /// on a GPU, which nobody waits for, [#progress] and [#checkFinite] do.
    ///
    /// @param pixels N×H×W×C float32 in native memory, preprocessed
    /// @param labels N class indices
    public void step(MemorySegment pixels, int[] labels, double rate) {
        try (var _ = new PointerScope()) {
            if (pendingBatches == 0) model.parameters().gradients().zero_();
            var target = Tensors.of(Arrays.stream(labels).asLongStream().toArray())
                    .to(model.parameters().values().device(), ScalarType.Long);
            var input = model.input(pixels, labels.length);
            var mixing = Mixing.of(recipe.augmentations(), labels.length, input.size(2), input.size(3),
                    RandomStream.of(recipe.start().seed()).at("mixing").at(updates.steps()).at(pendingBatches));
            var seed = RandomStream.of(recipe.start().seed()).at("dropout").at(updates.steps()).bits(pendingBatches);
            try (var pass = pass(seed)) {
                var loss = learn(pass, mixing.mix(input), target, mixing);
                if (isWatched() && !Double.isFinite(loss.item_double())) {
                    try (var again = pass(seed)) {
                        throw Diagnosis.ofLoss(again, mixing.mix(input), updates.steps() + 1);
                    }
                }
            }
            pictures += labels.length;
            if (++pendingBatches < recipe.pace().accumulation()) return;
            pendingBatches = 0;
            if (isWatched() && !Double.isFinite(model.parameters().gradients().sum().item_double())) {
                try (var again = pass(seed)) {
                    throw Diagnosis.ofGradient(again, mixing.mix(input), model.parameters(), updates.steps() + 1);
                }
            }
            updates.step(rate);
        }
    }

    private Pass pass(long seed) {
        return new Pass(graph, model.parameters(), model.types(), Pass.Mode.TRAINING, seed);
    }

    /// Whether looking at a value costs nothing: on a GPU it would wait for all that is queued.
    private boolean isWatched() {
        return model.device().kind() == Device.Kind.CPU;
    }

    private Tensor learn(Pass pass, Tensor input, Tensor labels, Mixing mixing) {
        var outputs = pass.forward(input);
        var leaves = new LinkedHashMap<String, Tensor>();
        outputs.forEach((name, output) -> leaves.put(name,
                output.detach().to(model.types().rest()).flatten(1, -1).requires_grad_(true)));
        var main = leaves.get(model.network().outputName());
        Tensor loss;
        try (var _ = GradMode.on()) {
            loss = mixing.mix(labels, each -> total(leaves, each));
            var share = loss.mul(new Scalar(1.0 / recipe.pace().accumulation()));
            share.backward(new Tensor(), new BoolOptional(), false, new TensorArrayRefOptional());
        }
        count(loss, main, labels);
        var gradients = new LinkedHashMap<String, Tensor>();
        leaves.forEach((name, leaf) -> gradients.put(name, Tensors.own(leaf.grad()).view_as(outputs.get(name))));
        pass.backward(gradients);
        return loss;
    }

    /// The main output's loss, and the auxiliary heads' by their weight.
    private Tensor total(Map<String, Tensor> outputs, Tensor labels) {
        Objective objective = recipe.objective();
        Network network = model.network();
        var loss = Losses.ofLabels(objective.loss(), outputs.get(network.outputName()), labels);
        for (var output : outputs.entrySet()) {
            if (output.getKey().equals(network.outputName())) continue;
            var auxiliary = Losses.ofLabels(objective.loss(), output.getValue(), labels);
            loss = loss.add(auxiliary, new Scalar(objective.auxiliaryWeight()));
        }
        return loss;
    }

    private void count(Tensor loss, Tensor outputs, Tensor labels) {
        var n = new Scalar((double) labels.size(0));
        progress.narrow(0, 0, 1).add_(loss.detach(), n);
        progress.narrow(0, 1, 1).add_(outputs.detach().argmax(new LongOptional(1), false).eq(labels).sum());
    }

    /// Loss and accuracy since the last call; waits for the device, and refuses a loss that is not finite.
    public Progress progress() {
        var sums = Tensors.doubles(progress);
        progress.zero_();
        var seen = pictures;
        pictures = 0;
        if (!Double.isFinite(sums[0])) {
            checkFinite();
            throw new StriateException("The loss is not finite after step " + updates.steps()
                    + ": a smaller learning rate or normalised pictures may help.");
        }
        return new Progress(seen, sums[0] / seen, sums[1] / seen);
    }

    /// Refuses weights and running statistics that are not finite, naming the first; waits for the device.
    public void checkFinite() {
        Diagnosis.inParameters(model.parameters()).ifPresent(name -> {
            throw Diagnosis.ofParameter(name, updates.steps());
        });
    }

    /// Whether the last batch completed a step: no gradients are gathered that have not moved the weights.
    public boolean isBetweenSteps() {
        return pendingBatches == 0;
    }

    /// How often the weights have moved.
    public long steps() {
        return updates.steps();
    }

    /// Runs something with the averaged weights in place of the raw ones; without an average, with the raw ones.
    public void withAverage(Runnable task) {
        if (recipe.descent().averaging() instanceof Averaging.Unaveraged) {
            task.run();
            return;
        }
        updates.swapAverage();
        try {
            task.run();
        } finally {
            updates.swapAverage();
        }
    }

    /// The optimiser's state, for a checkpoint beside the model's tensors.
    public Map<String, TensorData> state() {
        return updates.save();
    }

    /// Continues from a checkpoint's state.
    public void resume(Map<String, TensorData> state, long steps) {
        updates.load(state, steps);
    }

    @Override
    public void close() {
        updates.close();
        progress.deallocate();
    }
}
