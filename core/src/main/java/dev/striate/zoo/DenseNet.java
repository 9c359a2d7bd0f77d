package dev.striate.zoo;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import java.util.List;

/// DenseNet (Huang et al. 2017, table 1 and §3): each layer reads all earlier ones of its block.
///
/// A variant is a line: the growth rate, the layers of each block, and for CIFAR whether layers have a bottleneck and
/// transitions compress (BC). Names are torchvision's.
record DenseNet(int growthRate, List<Integer> blocks, Stem stem, boolean bottleneck) implements Architecture {
    private static final Paper PAPER = new Paper("Densely Connected Convolutional Networks", "Huang et al.", 2017);

    private enum Stem {
        /// 7×7, stride 2, and max pooling.
        LARGE,
        /// 3×3, stride 1.
        SMALL
    }

    static List<ZooEntry> entries() {
        return List.of(
                large("densenet121", 32, 6, 12, 24, 16),
                large("densenet169", 32, 6, 12, 32, 32),
                large("densenet201", 32, 6, 12, 48, 32),
                large("densenet264", 32, 6, 12, 64, 48),
                large("densenet161", 48, 6, 12, 36, 24),
                small("densenet40_k12", 12, false, 12, 12, 12),
                small("densenet100_k12", 12, false, 32, 32, 32),
                small("densenet100bc_k12", 12, true, 16, 16, 16),
                small("densenet190bc_k40", 40, true, 31, 31, 31),
                small("densenet121_small", 32, true, 6, 12, 24, 16));
    }

    private static ZooEntry large(String name, int growthRate, Integer... blocks) {
        return new ZooEntry(name, "bottlenecks and compression (BC)", PAPER, new Shape(3, 224, 224), 1000,
                new DenseNet(growthRate, List.of(blocks), Stem.LARGE, true));
    }

    private static ZooEntry small(String name, int growthRate, boolean bottleneck, Integer... blocks) {
        var summary = bottleneck ? "for small pictures, bottlenecks and compression (BC)"
                : "for CIFAR, without bottlenecks";
        return new ZooEntry(name, summary, PAPER, new Shape(3, 32, 32), 10,
                new DenseNet(growthRate, List.of(blocks), Stem.SMALL, bottleneck));
    }

    @Override
    public Network network(String name, Shape input, int classes) {
        var x = stem(Layer.input(input));
        for (var block = 0; block < blocks.size(); block++) {
            if (block > 0) x = transition(x, "features.transition" + block);
            x = dense(x, "features.denseblock" + (block + 1), blocks.get(block));
        }
        return x.at("features.norm5").batchNorm().relu()
                .globalAvgPool().flatten()
                .at("classifier").linear(classes)
                .network(name);
    }

    private Layer stem(Layer x) {
        return switch (stem) {
            case LARGE -> x.at("features.conv0").conv(2 * growthRate, 7, stride(2), pad(3), noBias())
                    .at("features.norm0").batchNorm().relu()
                    .maxPool(3, stride(2), pad(1));
            case SMALL -> x.at("features.conv0").conv(bottleneck ? 2 * growthRate : 16, 3, pad(1), noBias());
        };
    }

    private Layer dense(Layer x, String name, int layers) {
        for (var i = 1; i <= layers; i++) x = x.concat(layer(x, name + ".denselayer" + i));
        return x;
    }

    private Layer layer(Layer x, String name) {
        var normed = x.at(name + ".norm1").batchNorm().relu();
        if (!bottleneck) return normed.at(name + ".conv1").conv(growthRate, 3, pad(1), noBias());
        return normed.at(name + ".conv1").conv(4 * growthRate, 1, noBias())
                .at(name + ".norm2").batchNorm().relu()
                .at(name + ".conv2").conv(growthRate, 3, pad(1), noBias());
    }

    private Layer transition(Layer x, String name) {
        var channels = x.shape().channels();
        return x.at(name + ".norm").batchNorm().relu()
                .at(name + ".conv").conv(bottleneck ? channels / 2 : channels, 1, noBias())
                .avgPool(2);
    }
}
