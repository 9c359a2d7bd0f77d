package dev.striate.zoo;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Options.ConvOption;
import dev.striate.graph.Shape;
import java.util.List;

/// Network in Network (Lin et al. 2013): each convolution is followed by two of 1×1, and the last maps are the classes.
///
/// Names are those of the authors' Caffe files.
final class NetworkInNetwork {
    private static final Paper PAPER = new Paper("Network In Network", "Lin et al.", 2013);

    private NetworkInNetwork() {}

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("nin_cifar", "three mlpconv layers", PAPER, new Shape(3, 32, 32), 10,
                        NetworkInNetwork::cifar),
                new ZooEntry("nin", "four mlpconv layers, for ImageNet", PAPER, new Shape(3, 224, 224), 1000,
                        NetworkInNetwork::imageNet));
    }

    private static Network cifar(String name, Shape input, int classes) {
        return Layer.input(input)
                .with(x -> mlp(x, 1, 5, 192, 160, 96, pad(2))).maxPool(3, stride(2), ceil()).dropout(0.5)
                .with(x -> mlp(x, 2, 5, 192, 192, 192, pad(2))).avgPool(3, stride(2), ceil()).dropout(0.5)
                .with(x -> mlp(x, 3, 3, 192, 192, classes, pad(1)))
                .globalAvgPool().flatten()
                .network(name);
    }

    private static Network imageNet(String name, Shape input, int classes) {
        return Layer.input(input)
                .with(x -> mlp(x, 1, 11, 96, 96, 96, stride(4))).maxPool(3, stride(2))
                .with(x -> mlp(x, 2, 5, 256, 256, 256, pad(2))).maxPool(3, stride(2))
                .with(x -> mlp(x, 3, 3, 384, 384, 384, pad(1))).maxPool(3, stride(2)).dropout(0.5)
                .with(x -> mlp(x, 4, 3, 1024, 1024, classes, pad(1)))
                .globalAvgPool().flatten()
                .network(name);
    }

    /// A small network that slides over the picture: `convN`, `cccp(2N−1)`, `cccp(2N)`, each with a ReLU.
    private static Layer mlp(Layer x, int n, int kernel, int first, int second, int third, ConvOption option) {
        return x.at("conv" + n).conv(first, kernel, option).relu()
                .at("cccp" + (2 * n - 1)).conv(second, 1).relu()
                .at("cccp" + 2 * n).conv(third, 1).relu();
    }
}
