package dev.striate.recipe;

/// A start below the schedule's rate: over `length`, the schedule's factor is multiplied by
/// `from + (1 − from)·(step/length)^power`; the schedule itself counts from the first step.
public record WarmUp(TrainingLength length, double from, double power) {
    public static final WarmUp NONE = new WarmUp(TrainingLength.steps(0), 1, 1);

    public WarmUp {
        Expect.probability("The start of a warm-up", from);
        Expect.positive("The power of a warm-up", power);
    }

    public static WarmUp linear(TrainingLength length, double from) {
        return new WarmUp(length, from, 1);
    }

    /// Darknet's burn-in: `(step/length)^4`.
    public static WarmUp burnIn(TrainingLength length) {
        return new WarmUp(length, 0, 4);
    }

    /// The factor at a step, counted from 0; 1 from `length` on.
    public double factor(long step, Clock clock) {
        var steps = length.steps(clock);
        return step >= steps ? 1 : from + (1 - from) * Math.pow((double) step / steps, power);
    }
}
