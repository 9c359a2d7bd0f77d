package dev.striate.data.set;

/// What becomes of a set some of whose labels cannot be used.
public enum BadLabels {
    /// It is refused, with the first few and how many there are.
    FAIL,
    /// They are left out, and stand in [Splits#problems].
    SKIP
}
