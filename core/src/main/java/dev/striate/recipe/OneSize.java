package dev.striate.recipe;

import dev.striate.json.Former;

/// A regime as texts had it before the sizes of training's pictures could change.
record OneSize(TrainingLength length, int batch, int accumulation, Schedule schedule, WarmUp warmUp)
        implements
        Former<Regime> {
    @Override
    public Regime now() {
        return new Regime(length, batch, accumulation, schedule, warmUp, new InputSizes.Own());
    }
}
