package dev.striate.data.set;

import dev.striate.target.Target;
import java.util.List;

/// The same pictures with other numbers for the same classes.
record Renumbered(DataSet whole, List<String> classes, int[] numbers) implements Wrapped {
    @Override
    public Target target(int index) {
        return Targets.renumbered(whole.target(index), numbers);
    }
}
