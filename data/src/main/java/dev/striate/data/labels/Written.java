package dev.striate.data.labels;

import dev.striate.graph.Size;
import dev.striate.target.Target;

/// A picture whose labels are to be written: its file's name without folders, its size, and what is known of it.
public record Written(Role role, String file, Size size, Target target) {}
