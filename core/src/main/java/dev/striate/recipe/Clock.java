package dev.striate.recipe;

/// What turns epochs into steps: how many steps the whole run takes, and how many one epoch.
public record Clock(long totalSteps, long stepsPerEpoch) {
    public Clock {
        Expect.that(totalSteps >= 1, "A run", "at least one step", totalSteps);
        Expect.that(stepsPerEpoch >= 1, "An epoch", "at least one step", stepsPerEpoch);
    }
}
