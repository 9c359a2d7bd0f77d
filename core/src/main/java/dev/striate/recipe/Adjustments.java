package dev.striate.recipe;

import java.util.Optional;

/// What a user wants otherwise than a recipe has it; what is empty stays as it is.
///
/// @param epochs the run's length; milestones and stairs stay at the same shares of it ([Recipes#inEpochs])
public record Adjustments(Optional<Double> epochs, Optional<Integer> batch, Optional<Integer> accumulation,
        Optional<Double> rate, Optional<Long> seed, Optional<Precision> precision) {
    /// A recipe as it is.
    public static final Adjustments NONE = new Adjustments(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty());

    /// The recipe with these settings; refuses what no recipe can have.
    public Recipe of(Recipe recipe) {
        var pace = recipe.pace();
        var adjusted = recipe
                .withPace(pace.withBatch(batch.orElse(pace.batch()))
                        .withAccumulation(accumulation.orElse(pace.accumulation())))
                .withDescent(recipe.descent().withRate(rate.orElse(recipe.descent().rate())))
                .withSeed(seed.orElse(recipe.start().seed()))
                .withPrecision(precision.orElse(recipe.precision()));
        return epochs.map(length -> Recipes.inEpochs(adjusted, length)).orElse(adjusted);
    }
}
