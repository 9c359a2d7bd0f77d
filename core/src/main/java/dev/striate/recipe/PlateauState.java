package dev.striate.recipe;

import dev.striate.recipe.Schedule.Plateau;

/// What a plateau schedule remembers, so that a checkpoint can hold it: how many validations were seen, the best metric,
/// the validations since then, and the reductions of the rate so far. Runs with another schedule keep [#START].
public record PlateauState(long validations, double best, int waited, int reductions) {
    public static final PlateauState START = new PlateauState(0, 0, 0, 0);

    /// The state after one more validation; refuses a metric that is no number.
    public PlateauState after(double metric, Plateau plateau) {
        Expect.that(Double.isFinite(metric), "A plateau schedule", "a finite validation metric", metric);
        if (better(metric, plateau)) return new PlateauState(validations + 1, metric, 0, reductions);
        if (waited < plateau.patience()) return new PlateauState(validations + 1, best, waited + 1, reductions);
        return new PlateauState(validations + 1, best, 0, reductions + 1);
    }

    private boolean better(double metric, Plateau plateau) {
        if (validations == 0) return true;
        // Relative to the size of the best: of a score that was turned round, for one, which is negative.
        var share = best < 0 ? -plateau.threshold() : plateau.threshold();
        return switch (plateau.goal()) {
            case LOWER -> metric < best * (1 - share);
            case HIGHER -> metric > best * (1 + share);
        };
    }
}
