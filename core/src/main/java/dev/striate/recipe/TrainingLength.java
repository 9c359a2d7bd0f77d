package dev.striate.recipe;

import dev.striate.StriateException;
import java.util.Locale;

/// A length of training, in steps of the optimiser or in epochs; half an epoch is allowed.
public record TrainingLength(double amount, Unit unit) {
    public TrainingLength {
        Expect.that(amount >= 0 && Double.isFinite(amount), "A length of training", "a finite length of at least 0",
                amount);
        if (unit == Unit.STEPS && amount != Math.rint(amount)) {
            throw new StriateException("A length in steps expects a whole number; received " + amount + ".");
        }
    }

    public enum Unit {
        STEPS,
        EPOCHS
    }

    public static TrainingLength steps(long steps) {
        return new TrainingLength(steps, Unit.STEPS);
    }

    public static TrainingLength epochs(double epochs) {
        return new TrainingLength(epochs, Unit.EPOCHS);
    }

    /// The length in whole steps, rounded to the nearest.
    public long steps(Clock clock) {
        return switch (unit) {
            case STEPS -> (long) amount;
            case EPOCHS -> Math.round(amount * clock.stepsPerEpoch());
        };
    }

    @Override
    public String toString() {
        var whole = amount == Math.rint(amount) ? Long.toString((long) amount) : Double.toString(amount);
        return whole + " " + unit.name().toLowerCase(Locale.ROOT);
    }
}
