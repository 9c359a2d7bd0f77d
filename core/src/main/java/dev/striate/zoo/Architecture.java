package dev.striate.zoo;

import dev.striate.graph.Network;
import dev.striate.graph.Shape;

/// Builds a network for pictures of a shape and a number of classes.
@FunctionalInterface
public interface Architecture {
    Network network(String name, Shape input, int classes);
}
