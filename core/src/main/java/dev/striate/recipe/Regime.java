package dev.striate.recipe;

import dev.striate.json.Formerly;

/// How long and in what portions: the run's length, pictures to a batch, batches whose gradients add up to one step, and
/// how the learning rate and the pictures' size go meanwhile.
@Formerly(OneSize.class)
public record Regime(TrainingLength length, int batch, int accumulation, Schedule schedule, WarmUp warmUp,
        InputSizes sizes) {
    public Regime {
        Expect.positive("The length of a run", length.amount());
        Expect.that(batch >= 1, "A batch", "at least one picture", batch);
        Expect.that(accumulation >= 1, "Accumulation", "at least one batch to a step", accumulation);
    }

    /// One batch to a step, without warm-up, at the network's own size.
    public static Regime of(TrainingLength length, int batch, Schedule schedule) {
        return new Regime(length, batch, 1, schedule, WarmUp.NONE, new InputSizes.Own());
    }

    /// The run's clock where an epoch takes so many steps.
    public Clock clock(long stepsPerEpoch) {
        return new Clock(Math.max(1, length.steps(new Clock(1, stepsPerEpoch))), stepsPerEpoch);
    }

    /// Pictures to a step: the batch that a paper means.
    public int picturesPerStep() {
        return Math.multiplyExact(batch, accumulation);
    }

    public Regime withLength(TrainingLength length) {
        return new Regime(length, batch, accumulation, schedule, warmUp, sizes);
    }

    public Regime withBatch(int batch) {
        return new Regime(length, batch, accumulation, schedule, warmUp, sizes);
    }

    public Regime withAccumulation(int accumulation) {
        return new Regime(length, batch, accumulation, schedule, warmUp, sizes);
    }

    public Regime withSchedule(Schedule schedule) {
        return new Regime(length, batch, accumulation, schedule, warmUp, sizes);
    }

    public Regime withWarmUp(WarmUp warmUp) {
        return new Regime(length, batch, accumulation, schedule, warmUp, sizes);
    }

    public Regime withSizes(InputSizes sizes) {
        return new Regime(length, batch, accumulation, schedule, warmUp, sizes);
    }
}
