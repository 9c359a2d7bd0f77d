package dev.striate.recipe;

import dev.striate.StriateException;
import java.util.Locale;

/// A length of training, in steps of the optimiser or in epochs; half an epoch is allowed.
public record Span(double amount, Unit unit) {
    public Span {
        Expect.that(amount >= 0 && Double.isFinite(amount), "A span", "a finite length of at least 0", amount);
        if (unit == Unit.STEPS && amount != Math.rint(amount)) {
            throw new StriateException("A span in steps expects a whole number; received " + amount + ".");
        }
    }

    public enum Unit {
        STEPS,
        EPOCHS
    }

    public static Span steps(long steps) {
        return new Span(steps, Unit.STEPS);
    }

    public static Span epochs(double epochs) {
        return new Span(epochs, Unit.EPOCHS);
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
