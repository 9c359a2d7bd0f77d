package dev.striate.recipe;

import dev.striate.recipe.Initialisation.Biases;

/// What a run starts from: the distribution of weights, that of biases, and the seed of every random stream of the run.
public record Start(Initialisation weights, Biases biases, long seed) {
    /// These weights, biases of 0, seed 0.
    public static Start of(Initialisation weights) {
        return new Start(weights, Biases.ZERO, 0);
    }

    public Start withSeed(long seed) {
        return new Start(weights, biases, seed);
    }
}
