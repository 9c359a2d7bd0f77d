package dev.striate.data.set;

/// A part of a data set.
public enum Part {
    TRAIN,
    VALIDATION,
    TEST
}
