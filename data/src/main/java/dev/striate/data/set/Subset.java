package dev.striate.data.set;

import java.util.Objects;

/// Some pictures of another set.
record Subset(DataSet whole, int[] indices) implements Wrapped {
    Subset {
        for (var index : indices) Objects.checkIndex(index, whole.size());
    }

    @Override
    public int place(int index) {
        return indices[index];
    }

    @Override
    public int size() {
        return indices.length;
    }
}
