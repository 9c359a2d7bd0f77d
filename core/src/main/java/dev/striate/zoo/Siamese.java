package dev.striate.zoo;

import static dev.striate.graph.Options.pad;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import java.util.List;

/// Networks that compare pictures: four blocks that give an embedding (Vinyals et al. 2016), and the Siamese network for one-shot learning (Koch et al. 2015, figure 4).
///
/// Both pictures of a pair run through the tower up to `embedding`; `join` reads |h₁ − h₂| and gives the logit of "the same".
final class Siamese {
    private static final Paper PAPER = new Paper("Siamese Neural Networks for One-shot Image Recognition",
            "Koch et al.",
            2015);

    private static final Paper MATCHING = new Paper("Matching Networks for One Shot Learning", "Vinyals et al.", 2016);

    private Siamese() {}

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("embedding_small", "four blocks of 64 filters, and an embedding of length 1", MATCHING,
                        new Shape(1, 28, 28), 1024, Siamese::small),
                new ZooEntry("siamese_koch", "one tower, and the join of two", PAPER, new Shape(1, 105, 105), 1,
                        Siamese::koch));
    }

    /// §4.1.2's blocks: convolution, batch norm, ReLU, pooling. The fully connected layer behind them, and the norm, are ours.
    private static Network small(String name, Shape input, int length) {
        var x = Layer.input(input);
        for (var block = 1; block <= 4; block++) {
            x = x.at("conv" + block).conv(64, 3, pad(1)).at("bn" + block).batchNorm().relu().maxPool(2);
        }
        return x.flatten().at("embedding").linear(length).at("unit").then(new Op.L2Norm(1e-12)).network(name);
    }

    private static Network koch(String name, Shape input, int classes) {
        return Layer.input(input)
                .at("conv1").conv(64, 10).relu().maxPool(2)
                .at("conv2").conv(128, 7).relu().maxPool(2)
                .at("conv3").conv(128, 4).relu().maxPool(2)
                .at("conv4").conv(256, 4).relu()
                .flatten()
                .at("fc").linear(4096).at("embedding").sigmoid().at("difference").then(new Op.PairDifference())
                .at("join").linear(classes)
                .network(name);
    }
}
