package dev.striate.recipe;

import dev.striate.graph.Parameter;

/// The factor λ that pulls weights towards 0, and which parameters are spared.
public record WeightDecay(double rate, Exemption exemption) {
    public static final WeightDecay NONE = new WeightDecay(0, Exemption.NONE);

    public WeightDecay {
        Expect.notNegative("The rate of weight decay", rate);
    }

    public enum Exemption {
        NONE,
        BIASES_AND_NORMS
    }

    /// Decay of every trainable parameter, as the papers of the recipes have it.
    public static WeightDecay ofAll(double rate) {
        return new WeightDecay(rate, Exemption.NONE);
    }

    /// Decay that spares biases and the scales and shifts of normalisations.
    public static WeightDecay ofWeights(double rate) {
        return new WeightDecay(rate, Exemption.BIASES_AND_NORMS);
    }

    /// The rate for one parameter: 0 where it is exempt or not trained.
    public double rate(Parameter parameter) {
        return switch (parameter.role()) {
            case WEIGHT -> rate;
            case BIAS, NORM_SCALE, NORM_SHIFT -> exemption == Exemption.NONE ? rate : 0;
            case FIXED_WEIGHT, RUNNING_MEAN, RUNNING_VARIANCE -> 0;
        };
    }
}
