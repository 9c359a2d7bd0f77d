package dev.striate.zoo;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.same;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import java.util.List;

/// VGG, configurations A to E (Simonyan and Zisserman 2014, table 1).
///
/// Each number is a stage's count of convolutions; names are torchvision's, which numbers every step of a stage.
final class Vgg {
    private static final Paper PAPER = new Paper("Very Deep Convolutional Networks for Large-Scale Image Recognition",
            "Simonyan and Zisserman", 2014);
    private static final int[] WIDTHS = { 64, 128, 256, 512, 512 };
    private static final Shape INPUT = new Shape(3, 224, 224);

    private Vgg() {}

    static List<ZooEntry> entries() {
        return List.of(
                large("vgg11", "configuration A", Extra.NONE, 1, 1, 2, 2, 2),
                large("vgg11_lrn", "configuration A-LRN", Extra.LOCAL_RESPONSE_NORM, 1, 1, 2, 2, 2),
                large("vgg13", "configuration B", Extra.NONE, 2, 2, 2, 2, 2),
                large("vgg16_c", "configuration C, three 1×1 convolutions", Extra.ONE_BY_ONE, 2, 2, 3, 3, 3),
                large("vgg16", "configuration D", Extra.NONE, 2, 2, 3, 3, 3),
                large("vgg19", "configuration E", Extra.NONE, 2, 2, 4, 4, 4),
                large("vgg11_bn", "A with batch normalisation", Extra.BATCH_NORM, 1, 1, 2, 2, 2),
                large("vgg13_bn", "B with batch normalisation", Extra.BATCH_NORM, 2, 2, 2, 2, 2),
                large("vgg16_bn", "D with batch normalisation", Extra.BATCH_NORM, 2, 2, 3, 3, 3),
                large("vgg19_bn", "E with batch normalisation", Extra.BATCH_NORM, 2, 2, 4, 4, 4),
                small("vgg11_small", 1, 1, 2, 2, 2),
                small("vgg13_small", 2, 2, 2, 2, 2),
                small("vgg16_small", 2, 2, 3, 3, 3),
                small("vgg19_small", 2, 2, 4, 4, 4));
    }

    private static ZooEntry large(String name, String summary, Extra extra, Integer... stages) {
        return new ZooEntry(name, summary, PAPER, INPUT, 1000, new Configuration(List.of(stages), extra, Head.LARGE));
    }

    private static ZooEntry small(String name, Integer... stages) {
        return new ZooEntry(name, "for pictures of 28 to 64 pixels", PAPER, new Shape(3, 32, 32), 10,
                new Configuration(List.of(stages), Extra.BATCH_NORM, Head.SMALL));
    }

    private enum Extra {
        NONE,
        BATCH_NORM,
        LOCAL_RESPONSE_NORM,
        ONE_BY_ONE
    }

    /// The paper's three fully connected layers, or one behind a global average for small pictures.
    private enum Head {
        LARGE,
        SMALL;

        /// Small pictures round up, so that 28 pixels last for five poolings.
        Layer pool(Layer x) {
            return this == SMALL ? x.maxPool(2, ceil()) : x.maxPool(2);
        }
    }

    private record Configuration(List<Integer> stages, Extra extra, Head head) implements Architecture {
        @Override
        public Network network(String name, Shape input, int classes) {
            var features = features(Layer.input(input));
            return switch (head) {
                case LARGE -> features.adaptiveAvgPool(7).flatten()
                        .at("classifier.0").linear(4096).relu().dropout(0.5)
                        .at("classifier.3").linear(4096).relu().dropout(0.5)
                        .at("classifier.6").linear(classes)
                        .network(name);
                case SMALL -> features.globalAvgPool().flatten().at("classifier").linear(classes).network(name);
            };
        }

        private Layer features(Layer x) {
            var index = 0;
            for (var stage = 0; stage < stages.size(); stage++) {
                for (var i = 0; i < stages.get(stage); i++) {
                    x = x.at("features." + index++).conv(WIDTHS[stage], kernel(stage, i), same());
                    if (extra == Extra.BATCH_NORM) x = x.at("features." + index++).batchNorm();
                    x = x.at("features." + index++).relu();
                    if (extra == Extra.LOCAL_RESPONSE_NORM && stage == 0) {
                        x = x.at("features." + index++).then(NORM);
                    }
                }
                x = head.pool(x.at("features." + index++));
            }
            return x;
        }

        private int kernel(int stage, int i) {
            return extra == Extra.ONE_BY_ONE && stage >= 2 && i == 2 ? 1 : 3;
        }
    }

    /// With AlexNet's constants, as §2.1 says.
    private static final Op NORM = new Op.LocalResponseNorm(5, 1e-4, 0.75, 2);
}
