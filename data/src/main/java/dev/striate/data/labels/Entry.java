package dev.striate.data.labels;

import dev.striate.graph.Size;
import dev.striate.target.Target;

/// A labelled picture: its path in the tree, its size as it is seen, and what is known of it.
public record Entry(String picture, Size size, Role role, Answer answer) {
    /// Boxes are known from the start; a mask is as large as its picture, and is read when it is asked for.
    public sealed interface Answer {
        record Boxes(Target.Objects objects) implements Answer {}

        record InFile(String mask) implements Answer {}
    }
}
