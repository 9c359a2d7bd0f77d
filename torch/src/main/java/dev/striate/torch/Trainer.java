package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import dev.striate.onednn.Contention;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Averaging;
import dev.striate.recipe.Recipe;
import dev.striate.target.Target;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Takes a model a step at a time along its recipe: forward, loss, backward, update.
///
/// A step does not wait for the device: loss and figures add up there until [#progress] asks for them.
public final class Trainer implements AutoCloseable {
    private final Model model;
    private final Recipe recipe;
    private final Purpose purpose;
    private final Map<Size, Learning> sizes = new HashMap<>();
    private final Contention contention = new Contention();
    private final OptimizerSteps updates;
    private final List<String> figures;
    private final Tensor progress;
    private int pendingBatches;
    private long pictures;

    /// What happened since the last look: pictures seen, and the means of the objective's figures over them, the loss
    /// first.
    public record Progress(long pictures, SequencedMap<String, Double> means) {
        public double loss() {
            return means.firstEntry().getValue();
        }
    }

    public Trainer(Model model, Recipe recipe) {
        this(model, recipe, false);
    }

    /// @param recompute whether cheap activations are computed again for the backward pass instead of kept: less memory
    public Trainer(Model model, Recipe recipe, boolean recompute) {
        this.model = model;
        this.recipe = recipe;
        var parameters = model.parameters();
        parameters.train();
        purpose = Purpose.training(p -> !parameters.isFrozen(p), recompute,
                recompute ? Optional.empty() : FusedType.of(model.device(), model.types()));
        updates = new OptimizerSteps(recipe.descent(), parameters.flat());
        figures = learning(model.network().input().size()).figures();
        progress = org.bytedeco.pytorch.global.torch.zeros(new long[] { figures.size() },
                model.device().options(ScalarType.Double));
    }

    /// Made at the first batch of a size, and kept.
    private Learning learning(Size size) {
        return sizes.computeIfAbsent(size, _ -> Learning.of(model,
                model.network().withInput(model.network().input().withSize(size)), recipe, purpose));
    }

    /// Learns from one batch at this learning rate; weights move once the recipe's accumulation is full.
    ///
    /// On the CPU a loss or a gradient that is not finite ends the run here, before the weights move, naming the layer;
    /// on a GPU, which nobody waits for, [#progress] and [#checkFinite] do.
    ///
    /// @param pixels N×H×W×C float32 in native memory, preprocessed
    /// @param targets what is known of each of the N pictures, as the recipe's objective expects it
    public void step(MemorySegment pixels, List<? extends Target> targets, double rate) {
        step(pixels, model.network().input().size(), targets, rate);
    }

    /// The same with pictures of another size than the network's own, which its weights serve.
    public void step(MemorySegment pixels, Size size, List<? extends Target> targets, double rate) {
        if (model.device().kind() == Device.Kind.CPU) contention.look();
        try (var _ = new PointerScope()) {
            if (pendingBatches == 0) model.parameters().gradients().zero_();
            var learning = learning(size);
            var input = model.input(pixels, targets.size(), learning.input());
            var stream = RandomStream.of(recipe.start().seed());
            var mixing = Mixing.of(recipe.augmentations(), targets.size(), input.size(2), input.size(3),
                    stream.at("mixing").at(updates.steps()).at(pendingBatches));
            var seed = stream.at("dropout").at(updates.steps()).bits(pendingBatches);
            var batch = learning.learn(new Learning.Lesson(mixing.mix(input), targets, mixing, seen(),
                    1.0 / recipe.pace().accumulation(), seed,
                    stream.at("regions").at(updates.steps()).at(pendingBatches)));
            count(batch, targets.size());
            if (isWatched() && !Double.isFinite(batch.loss().item_double())) {
                try (var again = learning.look(seed)) {
                    throw Diagnosis.ofLoss(again, mixing.mix(input), updates.steps() + 1);
                }
            }
            pictures += targets.size();
            if (++pendingBatches < recipe.pace().accumulation()) return;
            pendingBatches = 0;
            if (isWatched() && !Double.isFinite(model.parameters().gradients().sum().item_double())) {
                try (var again = learning.look(seed)) {
                    throw Diagnosis.ofGradient(again, mixing.mix(input), model.parameters(), updates.steps() + 1);
                }
            }
            updates.step(rate);
        }
    }

    /// Whether looking at a value costs nothing: on a GPU it would wait for all that is queued.
    private boolean isWatched() {
        return model.device().kind() == Device.Kind.CPU;
    }

    /// How many pictures the steps so far, and the batches of the one at hand, have shown.
    private long seen() {
        var pace = recipe.pace();
        return updates.steps() * pace.picturesPerStep() + (long) pendingBatches * pace.batch();
    }

    private void count(Criterion.Batch batch, int n) {
        progress.narrow(0, 0, 1).add_(batch.loss().detach(), new Scalar((double) n));
        for (var i = 0; i < batch.sums().size(); i++) progress.narrow(0, i + 1, 1).add_(batch.sums().get(i));
    }

    /// The means since the last call; waits for the device, and refuses a loss that is not finite.
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
        var means = new LinkedHashMap<String, Double>();
        for (var i = 0; i < sums.length; i++) means.put(figures.get(i), sums[i] / seen);
        return new Progress(seen, means);
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
        contention.close();
        updates.close();
        progress.deallocate();
    }
}
