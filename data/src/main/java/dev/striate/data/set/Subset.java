package dev.striate.data.set;

import dev.striate.data.picture.Picture;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Some pictures of another set.
record Subset(DataSet whole, int[] indices) implements DataSet {
    Subset {
        for (var index : indices) Objects.checkIndex(index, whole.size());
    }

    @Override
    public List<String> classes() {
        return whole.classes();
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public int label(int index) {
        return whole.label(indices[index]);
    }

    @Override
    public String name(int index) {
        return whole.name(indices[index]);
    }

    @Override
    public Picture picture(int index) {
        return whole.picture(indices[index]);
    }

    @Override
    public Optional<String> damage(int index) {
        return whole.damage(indices[index]);
    }
}
