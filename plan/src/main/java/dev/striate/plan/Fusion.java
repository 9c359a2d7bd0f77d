package dev.striate.plan;

import org.jspecify.annotations.Nullable;

/// What can be folded into a step, and how; null where it cannot.
final class Fusion {
    private Fusion() {}

    static @Nullable PlanStep scale(PlanStep step, Computation.ChannelScale scale) {
        if (!step.posts().isEmpty()) return null;
        return switch (step.computation()) {
            case Computation.Weighted layer -> step.with(layer.with(
                    layer.weights().followedBy(scale.scale(), scale.shift())));
            case Computation.ChannelScale first -> step.with(combined(first, scale));
            default -> null;
        };
    }

    static @Nullable PlanStep scale(PlanStep step, double factor) {
        if (step.posts().isEmpty() && step.computation() instanceof Computation.Weighted layer) {
            var factors = Computation.ChannelScale.uniform(layer.weights().filters(), (float) factor);
            return scale(step, new Computation.ChannelScale(factors, new float[factors.length]));
        }
        return curve(step, PostOp.Curve.scale(factor));
    }

    static @Nullable PlanStep curve(PlanStep step, PostOp.Curve curve) {
        return switch (step.computation()) {
            case Computation.Weighted _ -> step.then(curve);
            case Computation.Addition _ -> step.then(curve);
            case Computation.Pointwise _ -> step.then(curve);
            // oneDNN's normalisation takes a ReLU and nothing else.
            case Computation.ChannelScale _ ->
                step.posts().isEmpty() && curve.equals(PostOp.Curve.RELU) ? step.then(curve) : null;
            default -> null;
        };
    }

    private static Computation.ChannelScale combined(Computation.ChannelScale first, Computation.ChannelScale second) {
        var scale = first.scale().clone();
        var shift = first.shift().clone();
        for (var i = 0; i < scale.length; i++) {
            scale[i] *= second.scale()[i];
            shift[i] = shift[i] * second.scale()[i] + second.shift()[i];
        }
        return new Computation.ChannelScale(scale, shift);
    }
}
