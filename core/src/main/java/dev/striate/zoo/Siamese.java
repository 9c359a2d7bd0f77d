package dev.striate.zoo;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import java.util.List;

/// The tower of the Siamese network for one-shot learning (Koch et al. 2015, figure 4).
///
/// Both pictures run through the tower up to `embedding`; `join` reads |h₁ − h₂| and gives the logit of "the same".
final class Siamese {
    private static final Paper PAPER = new Paper("Siamese Neural Networks for One-shot Image Recognition",
            "Koch et al.",
            2015);

    private Siamese() {}

    static List<ZooEntry> entries() {
        return List.of(new ZooEntry("siamese_koch", "one tower, and the join of two", PAPER, new Shape(1, 105, 105), 1,
                Siamese::koch));
    }

    private static Network koch(String name, Shape input, int classes) {
        return Layer.input(input)
                .at("conv1").conv(64, 10).relu().maxPool(2)
                .at("conv2").conv(128, 7).relu().maxPool(2)
                .at("conv3").conv(128, 4).relu().maxPool(2)
                .at("conv4").conv(256, 4).relu()
                .flatten()
                .at("fc").linear(4096).at("embedding").sigmoid()
                .at("join").linear(classes)
                .network(name);
    }
}
