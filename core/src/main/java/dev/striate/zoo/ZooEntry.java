package dev.striate.zoo;

import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import java.util.List;

/// One network of the zoo: its name, its paper, the pictures and number of classes its paper has, and how to build it.
public record ZooEntry(String name, String summary, Paper paper, Shape input, int classes, Architecture architecture) {
    /// The network as its paper has it.
    public Network network() {
        return network(input, classes);
    }

    /// The network for pictures of another shape or another number of classes, wherever its layers fit.
    public Network network(Shape input, int classes) {
        return architecture.network(name, input, classes);
    }

    /// What others published about it; [Check] derives it again.
    public List<Published> published() {
        return Published.of(name);
    }
}
