package dev.striate.bench;

import dev.striate.data.set.DataSet;
import dev.striate.data.set.Wrapped;
import dev.striate.target.Target;

/// The class of each picture's one object, without its box.
record Labelled(DataSet whole) implements Wrapped {
    @Override
    public Target target(int index) {
        return new Target.Label(((Target.Objects) whole.target(index)).boxes().getFirst().label());
    }
}
