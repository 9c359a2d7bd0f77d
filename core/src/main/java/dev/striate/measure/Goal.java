package dev.striate.measure;

/// Which way a figure is better.
public enum Goal {
    LOWER,
    HIGHER
}
