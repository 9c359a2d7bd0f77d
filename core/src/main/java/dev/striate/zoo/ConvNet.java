package dev.striate.zoo;

import static dev.striate.graph.Options.same;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import java.util.List;

/// The classic small network of tutorials: conv-relu-conv-relu-pool-relu-conv-relu-pool-fc.
final class ConvNet {
    private static final Paper TUTORIAL = new Paper("A Beginner's Guide To Understanding Convolutional Neural Networks",
            "Deshpande", 2016);

    private ConvNet() {}

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("convnet", "three convolutions, two poolings", TUTORIAL, new Shape(3, 32, 32), 10,
                        ConvNet::of));
    }

    private static Network of(String name, Shape input, int classes) {
        return Layer.input(input)
                .at("conv1").conv(32, 3, same()).at("relu1").relu()
                .at("conv2").conv(32, 3, same()).at("relu2").relu()
                .at("pool1").maxPool(2).at("relu3").relu()
                .at("conv3").conv(64, 3, same()).at("relu4").relu()
                .at("pool2").maxPool(2)
                .flatten()
                .at("fc").linear(classes)
                .network(name);
    }
}
