package dev.striate.recipe;

import org.jspecify.annotations.Nullable;

/// A setting in which two runs differ: its path, such as `descent.optimizer.momentum`, and the value in each, null where
/// a run has no such setting.
public record Difference(String path, @Nullable Object first, @Nullable Object second) {}
