package dev.striate.recipe;

import dev.striate.recipe.Schedule.Exponential;
import dev.striate.recipe.Schedule.Milestone;
import dev.striate.recipe.Schedule.MultiStep;

/// A recipe for a run of another length: its milestones and stairs stay at the same shares of the run.
final class Lengths {
    private final TrainingLength from;
    private final double epochs;

    private Lengths(TrainingLength from, double epochs) {
        this.from = from;
        this.epochs = epochs;
    }

    static Recipe inEpochs(Recipe recipe, double epochs) {
        Expect.that(epochs > 0 && Double.isFinite(epochs), "A training", "a length above 0 epochs", epochs);
        var pace = recipe.pace();
        var length = TrainingLength.epochs(epochs);
        if (length.equals(pace.length())) return recipe;
        var lengths = new Lengths(pace.length(), epochs);
        var warmUp = pace.warmUp().equals(WarmUp.NONE) ? WarmUp.NONE : lengths.scaled(pace.warmUp());
        return recipe.withName(recipe.name() + " scaled from " + pace.length() + " to " + length)
                .withPace(pace.withLength(length).withSchedule(lengths.scaled(pace.schedule())).withWarmUp(warmUp));
    }

    /// The same share of the run; a length in the other unit than the run's is no share of it and stays.
    private TrainingLength scaled(TrainingLength length) {
        return length.unit() == from.unit() ? TrainingLength.epochs(length.amount() / from.amount() * epochs) : length;
    }

    private WarmUp scaled(WarmUp warmUp) {
        return new WarmUp(scaled(warmUp.length()), warmUp.from(), warmUp.power());
    }

    private Schedule scaled(Schedule schedule) {
        return switch (schedule) {
            case MultiStep(var milestones) ->
                new MultiStep(milestones.stream().map(m -> new Milestone(scaled(m.at()), m.factor())).toList());
            case Schedule.Step(var every, var factor) -> new Schedule.Step(scaled(every), factor);
            case Exponential(var every, var factor, var staircase) ->
                new Exponential(scaled(every), factor, staircase);
            case Schedule.Constant constant -> constant;
            case Schedule.Polynomial polynomial -> polynomial;
            case Schedule.Cosine cosine -> cosine;
            case Schedule.OneCycle cycle -> cycle;
            case Schedule.Plateau plateau -> plateau;
        };
    }
}
