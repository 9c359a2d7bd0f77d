package dev.striate.data.set;

import dev.striate.target.Target;

/// A set whose pictures each have one class.
public interface Classified extends DataSet {
    /// The class of a picture, from 0.
    @Override
    int label(int index);

    @Override
    default Target target(int index) {
        return new Target.Label(label(index));
    }
}
