package dev.striate.torch;

import dev.striate.recipe.Averaging;
import dev.striate.recipe.Clipping;
import dev.striate.recipe.Optimization;
import dev.striate.recipe.Optimizer;
import dev.striate.weights.TensorData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// An optimiser's steps on flat tensors: a few calls for each group, or piece of it, whatever its tensors.
final class OptimizerSteps implements AutoCloseable {
    /// On the CPU a piece goes through all of a step's operations while it is in the cache: 0.5 MB of each tensor.
    private static final long CACHED = 1 << 17;

    private final Optimization descent;
    private final FlatTensors flat;
    private final Map<String, Tensor> state = new LinkedHashMap<>();
    private final long pieceLength;
    private long steps;

    OptimizerSteps(Optimization descent, FlatTensors flat) {
        this.descent = descent;
        this.flat = flat;
        pieceLength = flat.values().is_cpu() ? CACHED : Long.MAX_VALUE;
        for (var name : descent.optimizer().states()) state.put(name, Tensors.kept(torch.zeros_like(flat.values())));
        if (!(descent.averaging() instanceof Averaging.Unaveraged)) {
            state.put("average", Tensors.kept(flat.values().clone()));
            state.put("averageStatistics", Tensors.kept(flat.statistics().clone()));
        }
    }

    /// Moves the weights along the gradients, at this learning rate.
    void step(double rate) {
        clip();
        for (var range : flat.ranges()) {
            if (range.group().frozen()) continue;
            for (var piece : range.pieces(pieceLength)) {
                try (var _ = new PointerScope()) {
                    step(piece, rate * range.group().rateFactor());
                }
            }
        }
        average();
        steps++;
    }

    private void clip() {
        if (!(descent.clipping() instanceof Clipping.ByNorm(double max))) return;
        var norm = flat.gradients().norm();
        flat.gradients()
                .mul_(norm.add(new Scalar(1e-6)).reciprocal().mul(new Scalar(max)).clamp_max(new Scalar(1)));
    }

    private void step(FlatLayout.Range range, double rate) {
        var weights = part(flat.values(), range);
        var gradient = part(flat.gradients(), range);
        var decay = range.group().decays() ? descent.decay().rate() : 0;
        switch (descent.optimizer()) {
            case Optimizer.Sgd sgd -> sgd(sgd, range, weights, decayed(gradient, weights, decay), rate);
            case Optimizer.RmsProp rms -> rmsProp(rms, range, weights, decayed(gradient, weights, decay), rate);
            case Optimizer.Adam adam ->
                adam(adam.beta1(), adam.beta2(), adam.epsilon(), range, weights, decayed(gradient, weights, decay),
                        rate);
            case Optimizer.AdamW adam -> {
                if (decay != 0) weights.mul_(new Scalar(1 - rate * decay));
                adam(adam.beta1(), adam.beta2(), adam.epsilon(), range, weights, gradient, rate);
            }
        }
    }

    private static Tensor decayed(Tensor gradient, Tensor weights, double decay) {
        if (decay != 0) gradient.add_(weights, new Scalar(decay));
        return gradient;
    }

    private void sgd(Optimizer.Sgd sgd, FlatLayout.Range range, Tensor weights, Tensor gradient, double rate) {
        if (sgd.momentum() == 0) {
            weights.add_(gradient, new Scalar(-rate));
            return;
        }
        var momentum = part(state.get("momentum"), range);
        if (steps == 0) momentum.copy_(gradient);
        else momentum.mul_(new Scalar(sgd.momentum())).add_(gradient, new Scalar(1 - sgd.dampening()));
        if (sgd.nesterov()) momentum = gradient.add_(momentum, new Scalar(sgd.momentum()));
        weights.add_(momentum, new Scalar(-rate));
    }

    private void rmsProp(Optimizer.RmsProp rms, FlatLayout.Range range, Tensor weights, Tensor gradient, double rate) {
        var square = part(state.get("square"), range);
        var fresh = new Scalar(1 - rms.smoothing());
        square.mul_(new Scalar(rms.smoothing())).addcmul_(gradient, gradient, fresh);
        var spread = square;
        if (rms.centred()) {
            var mean = part(state.get("mean"), range);
            mean.mul_(new Scalar(rms.smoothing())).add_(gradient, fresh);
            spread = square.addcmul(mean, mean, new Scalar(-1));
        }
        var denominator = spread.sqrt().add_(new Scalar(rms.epsilon()));
        if (rms.momentum() == 0) {
            weights.addcdiv_(gradient, denominator, new Scalar(-rate));
        } else {
            var momentum = part(state.get("momentum"), range);
            momentum.mul_(new Scalar(rms.momentum())).addcdiv_(gradient, denominator);
            weights.add_(momentum, new Scalar(-rate));
        }
    }

    private void adam(double beta1, double beta2, double epsilon, FlatLayout.Range range, Tensor weights,
            Tensor gradient,
            double rate) {
        var mean = part(state.get("mean"), range);
        var square = part(state.get("square"), range);
        mean.mul_(new Scalar(beta1)).add_(gradient, new Scalar(1 - beta1));
        square.mul_(new Scalar(beta2)).addcmul_(gradient, gradient, new Scalar(1 - beta2));
        var n = steps + 1;
        var denominator = square.sqrt().div_(new Scalar(Math.sqrt(1 - Math.pow(beta2, n)))).add_(new Scalar(epsilon));
        weights.addcdiv_(mean, denominator, new Scalar(-rate / (1 - Math.pow(beta1, n))));
    }

    private void average() {
        if (descent.averaging() instanceof Averaging.Unaveraged) return;
        var fresh = new Scalar(1 - descent.averaging().kept(steps));
        state.get("average").lerp_(flat.values(), fresh);
        state.get("averageStatistics").lerp_(flat.statistics(), fresh);
    }

    /// Exchanges the weights with their average; a second call changes back.
    void swapAverage() {
        swap(state.get("average"), flat.values());
        swap(state.get("averageStatistics"), flat.statistics());
    }

    private static void swap(Tensor a, Tensor b) {
        try (var copy = a.clone()) {
            a.copy_(b);
            b.copy_(copy);
        }
    }

    private static Tensor part(Tensor flat, FlatLayout.Range range) {
        return flat.narrow(0, range.offset(), range.length());
    }

    long steps() {
        return steps;
    }

    /// The optimiser's state, for a checkpoint.
    Map<String, TensorData> save() {
        var tensors = new LinkedHashMap<String, TensorData>();
        state.forEach((name, tensor) -> tensors.put(name, Tensors.exact(tensor)));
        return tensors;
    }

    void load(Map<String, TensorData> tensors, long steps) {
        this.steps = steps;
        state.forEach((name, tensor) -> tensor.copy_(Tensors.of(tensors.get(name))));
    }

    @Override
    public void close() {
        state.values().forEach(Tensor::deallocate);
    }
}
