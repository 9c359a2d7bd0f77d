package dev.striate.recipe;

import dev.striate.recipe.Schedule.Exponential;
import dev.striate.recipe.Schedule.MultiStep;
import dev.striate.recipe.Schedule.OneCycle;

/// The reading of a [Schedule] that gives its factor at each step.
public final class Schedules {
    private Schedules() {}

    /// The learning rate of a step, counted from 0: base × schedule × warm-up.
    public static double rate(Recipe recipe, Clock clock, long step, PlateauState plateau) {
        return recipe.descent().rate()
                * factor(recipe.pace().schedule(), clock, step, plateau)
                * recipe.pace().warmUp().factor(step, clock);
    }

    /// The factor of a step, counted from 0, of which 1 is the base rate; beyond the run's end it stays where it ended.
    public static double factor(Schedule schedule, Clock clock, long step, PlateauState plateau) {
        var t = Math.min(step, clock.totalSteps());
        return switch (schedule) {
            case Schedule.Constant _ -> 1;
            case Schedule.Step s -> Math.pow(s.factor(), Math.floorDiv(step, steps(s.every(), clock)));
            case MultiStep s -> multiStep(s, clock, step);
            case Exponential s -> exponential(s, clock, step);
            case Schedule.Polynomial s -> Math.pow(1 - (double) t / clock.totalSteps(), s.power());
            case Schedule.Cosine s -> cosine(1, s.floor(), (double) t / clock.totalSteps());
            case OneCycle s -> oneCycle(s, clock.totalSteps(), step);
            case Schedule.Plateau s -> Math.pow(s.factor(), plateau.reductions());
        };
    }

    private static long steps(TrainingLength every, Clock clock) {
        return Math.max(1, every.steps(clock));
    }

    private static double multiStep(MultiStep schedule, Clock clock, long step) {
        return schedule.milestones().stream()
                .filter(milestone -> milestone.at().steps(clock) <= step)
                .mapToDouble(Schedule.Milestone::factor)
                .reduce(1, (a, b) -> a * b);
    }

    private static double exponential(Exponential schedule, Clock clock, long step) {
        var exponent = (double) step / steps(schedule.every(), clock);
        return Math.pow(schedule.factor(), schedule.staircase() ? Math.floor(exponent) : exponent);
    }

    /// The last step of the rise is `peakShare·total − 1`, of the fall `total − 1`, as in PyTorch.
    private static double oneCycle(OneCycle cycle, long total, long step) {
        var start = 1 / cycle.startDivision();
        var peak = Math.max(0, cycle.peakShare() * total - 1);
        var end = total - 1;
        if (step <= peak) return peak == 0 ? 1 : cosine(start, 1, step / peak);
        return cosine(1, start / cycle.endDivision(), Math.min(1, (step - peak) / (end - peak)));
    }

    private static double cosine(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
    }
}
