package dev.striate.data.set;

import dev.striate.data.picture.Picture;
import java.util.List;
import java.util.Optional;

/// The same pictures with other numbers for the same classes.
record Renumbered(DataSet whole, List<String> classes, int[] numbers) implements DataSet {
    @Override
    public int size() {
        return whole.size();
    }

    @Override
    public int label(int index) {
        return numbers[whole.label(index)];
    }

    @Override
    public String name(int index) {
        return whole.name(index);
    }

    @Override
    public Picture picture(int index) {
        return whole.picture(index);
    }

    @Override
    public Optional<String> damage(int index) {
        return whole.damage(index);
    }
}
