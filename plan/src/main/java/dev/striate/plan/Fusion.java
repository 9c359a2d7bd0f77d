package dev.striate.plan;

import org.jspecify.annotations.Nullable;

/// What can be folded into a step, and how; null where it cannot.
final class Fusion {
    private Fusion() {}

    static @Nullable Step scale(Step step, Stage.ChannelScale scale) {
        if (!step.posts().isEmpty()) return null;
        return switch (step.stage()) {
            case Stage.Weighted layer -> step.with(layer.with(
                    layer.weights().followedBy(scale.scale(), scale.shift())));
            case Stage.ChannelScale first -> step.with(combined(first, scale));
            default -> null;
        };
    }

    static @Nullable Step scale(Step step, double factor) {
        if (step.posts().isEmpty() && step.stage() instanceof Stage.Weighted layer) {
            var factors = new float[layer.weights().filters()];
            java.util.Arrays.fill(factors, (float) factor);
            return scale(step, new Stage.ChannelScale(factors, new float[factors.length]));
        }
        return curve(step, Post.Curve.scale(factor));
    }

    static @Nullable Step curve(Step step, Post.Curve curve) {
        return switch (step.stage()) {
            case Stage.Weighted _ -> step.then(curve);
            case Stage.Addition _ -> step.then(curve);
            case Stage.Pointwise _ -> step.then(curve);
            // oneDNN's normalisation takes a ReLU and nothing else.
            case Stage.ChannelScale _ ->
                step.posts().isEmpty() && curve.equals(Post.Curve.RELU) ? step.then(curve) : null;
            default -> null;
        };
    }

    private static Stage.ChannelScale combined(Stage.ChannelScale first, Stage.ChannelScale second) {
        var scale = first.scale().clone();
        var shift = first.shift().clone();
        for (var i = 0; i < scale.length; i++) {
            scale[i] *= second.scale()[i];
            shift[i] = shift[i] * second.scale()[i] + second.shift()[i];
        }
        return new Stage.ChannelScale(scale, shift);
    }
}
