package dev.striate.json;

/// A record as it was written before components were added, which knows what those then are.
///
/// @param <T> the record of today, which names this one in [Formerly]
public interface Former<T> {
    /// The same value as it is written today.
    T now();
}
