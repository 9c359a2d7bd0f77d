package dev.striate.zoo;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.groups;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import java.util.List;

/// AlexNet (Krizhevsky et al. 2012, §3) in its usual tellings, and ZFNet (Zeiler and Fergus 2013, figure 3).
final class AlexNet {
    private static final Paper PAPER = new Paper("ImageNet Classification with Deep Convolutional Neural Networks",
            "Krizhevsky et al.", 2012);
    private static final Paper ZF = new Paper("Visualizing and Understanding Convolutional Networks",
            "Zeiler and Fergus", 2013);
    private static final List<Integer> WIDTHS = List.of(96, 256, 384, 384, 256);
    private static final List<Integer> WIDE = List.of(96, 256, 512, 1024, 512);

    private AlexNet() {}

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("alexnet", "torchvision's: one narrower tower, no normalisation", PAPER,
                        new Shape(3, 224, 224), 1000, AlexNet::torchvision),
                entry("alexnet_onetower", "the paper's widths without groups", PAPER, 227,
                        new Tower(Front.ALEXNET, 1, WIDTHS, Normalise.AFTER_POOLING)),
                entry("alexnet_twotower", "the paper's, two towers as two groups", PAPER, 227,
                        new Tower(Front.ALEXNET, 2, WIDTHS, Normalise.BEFORE_POOLING)),
                entry("alexnet_cs7015", "the lecture's, no padding anywhere", PAPER, 227,
                        new Tower(Front.UNPADDED, 1, WIDTHS, Normalise.NEVER)),
                entry("zfnet", "AlexNet with 7×7, stride 2 at first", ZF, 224,
                        new Tower(Front.ZFNET, 1, WIDTHS, Normalise.AFTER_POOLING)),
                entry("zfnet_wide", "ZFNet with 512, 1024, 512 filters", ZF, 224,
                        new Tower(Front.ZFNET, 1, WIDE, Normalise.AFTER_POOLING)),
                new ZooEntry("alexnet_small", "for pictures of 28 to 64 pixels", PAPER, new Shape(3, 32, 32), 10,
                        AlexNet::small));
    }

    private static ZooEntry entry(String name, String summary, Paper paper, int side, Tower tower) {
        return new ZooEntry(name, summary, paper, new Shape(3, side, side), 1000, tower);
    }

    /// The first two convolutions (kernel, stride, padding), the padding of the other three, and how poolings round.
    private enum Front {
        ALEXNET(11, 4, 0, 1, 2, 1, false),
        UNPADDED(11, 4, 0, 1, 0, 0, false),
        ZFNET(7, 2, 1, 2, 0, 1, true);

        private final int kernel;
        private final int stride;
        private final int firstPadding;
        private final int secondStride;
        private final int secondPadding;
        private final int padding;
        private final boolean ceil;

        Front(int kernel, int stride, int firstPadding, int secondStride, int secondPadding, int padding,
                boolean ceil) {
            this.kernel = kernel;
            this.stride = stride;
            this.firstPadding = firstPadding;
            this.secondStride = secondStride;
            this.secondPadding = secondPadding;
            this.padding = padding;
            this.ceil = ceil;
        }

        Layer pool(Layer x) {
            return ceil ? x.maxPool(3, stride(2), ceil()) : x.maxPool(3, stride(2));
        }
    }

    /// Where local response normalisation stands: the paper's text has it before the pooling, most retellings behind.
    private enum Normalise {
        BEFORE_POOLING,
        AFTER_POOLING,
        NEVER
    }

    /// Names are Caffe's. Convolutions 2, 4 and 5 see only their own tower.
    private record Tower(Front front, int towers, List<Integer> widths, Normalise normalise) implements Architecture {
        @Override
        public Network network(String name, Shape input, int classes) {
            var own = groups(towers);
            return Layer.input(input)
                    .at("conv1").conv(widths.get(0), front.kernel, stride(front.stride), pad(front.firstPadding))
                    .relu().with(this::pool)
                    .at("conv2").conv(widths.get(1), 5, stride(front.secondStride), pad(front.secondPadding), own)
                    .relu().with(this::pool)
                    .at("conv3").conv(widths.get(2), 3, pad(front.padding)).relu()
                    .at("conv4").conv(widths.get(3), 3, pad(front.padding), own).relu()
                    .at("conv5").conv(widths.get(4), 3, pad(front.padding), own).relu()
                    .with(front::pool)
                    .flatten()
                    .at("fc6").linear(4096).relu().dropout(0.5)
                    .at("fc7").linear(4096).relu().dropout(0.5)
                    .at("fc8").linear(classes)
                    .network(name);
        }

        private Layer pool(Layer x) {
            return switch (normalise) {
                case BEFORE_POOLING -> front.pool(x.localResponseNorm());
                case AFTER_POOLING -> front.pool(x).localResponseNorm();
                case NEVER -> front.pool(x);
            };
        }
    }

    private static Network torchvision(String name, Shape input, int classes) {
        return Layer.input(input)
                .at("features.0").conv(64, 11, stride(4), pad(2)).relu().maxPool(3, stride(2))
                .at("features.3").conv(192, 5, pad(2)).relu().maxPool(3, stride(2))
                .at("features.6").conv(384, 3, pad(1)).relu()
                .at("features.8").conv(256, 3, pad(1)).relu()
                .at("features.10").conv(256, 3, pad(1)).relu().maxPool(3, stride(2))
                .adaptiveAvgPool(6).flatten()
                .dropout(0.5).at("classifier.1").linear(4096).relu()
                .dropout(0.5).at("classifier.4").linear(4096).relu()
                .at("classifier.6").linear(classes)
                .network(name);
    }

    /// Poolings of 2×2 and one fully connected layer, as PyTorch's CIFAR classifiers have it.
    private static Network small(String name, Shape input, int classes) {
        return Layer.input(input)
                .at("features.0").conv(64, 11, stride(4), pad(5)).relu().maxPool(2)
                .at("features.3").conv(192, 5, pad(2)).relu().maxPool(2)
                .at("features.6").conv(384, 3, pad(1)).relu()
                .at("features.8").conv(256, 3, pad(1)).relu()
                .at("features.10").conv(256, 3, pad(1)).relu()
                .globalAvgPool().flatten()
                .at("classifier").linear(classes)
                .network(name);
    }
}
