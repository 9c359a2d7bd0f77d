package dev.striate.zoo;

import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static dev.striate.zoo.InceptionModule.INNER_AVERAGE;
import static dev.striate.zoo.InceptionModule.conv;
import static dev.striate.zoo.InceptionModule.join;
import static dev.striate.zoo.InceptionModule.reduce;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.List;

/// Inception-ResNet v1 and v2 (Szegedy et al. 2016, figures 10 to 19), residuals scaled by 0.17, 0.10 and 0.20.
///
/// Names are facenet-pytorch's for v1, timm's for v2. Both end with a sixth (tenth) C module without ReLU, as the authors'
/// code has it. v1 ends in an embedding of 512, as FaceNet's users train it; the classes read that.
record InceptionResNet(Version version) implements Architecture {
    static final Paper PAPER = new Paper("Inception-v4, Inception-ResNet and the Impact of Residual Connections",
            "Szegedy et al.", 2016);
    private static final ConvUnit UNIT = ConvUnit.normalised(1e-3);

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("inception_resnet_v1", "with an embedding of 512 before the classes", PAPER,
                        new Shape(3, 299, 299), 1000, new InceptionResNet(Version.V1)),
                new ZooEntry("inception_resnet_v1_embedding", "v1 as an embedding of length 1: FaceNet's", PAPER,
                        new Shape(3, 160, 160), 512, new InceptionResNet(Version.V1_EMBEDDING)),
                new ZooEntry("inception_resnet_v2", "timm's", PAPER, new Shape(3, 299, 299), 1000,
                        new InceptionResNet(Version.V2)),
                new ZooEntry("inception_resnet_v2_small", "for pictures of 28 to 64 pixels", PAPER,
                        new Shape(3, 32, 32),
                        10,
                        new InceptionResNet(Version.V2_SMALL)));
    }

    private enum Version {
        V1,
        V1_EMBEDDING,
        V2,
        /// The stem keeps the size.
        V2_SMALL
    }

    /// The numbers by which the versions differ: filters of the branches' convolutions, and how many modules.
    private record Widths(List<Integer> a, List<Integer> reductionA, List<Integer> b, List<Integer> reductionB,
            List<Integer> c, List<Integer> modules) {}

    private static final Widths V1 = new Widths(List.of(32, 32), List.of(192, 192, 256, 384),
            List.of(128, 128, 128, 128), List.of(256, 256, 256), List.of(192, 192, 192), List.of(5, 10, 5));
    private static final Widths V2 = new Widths(List.of(48, 64), List.of(256, 256, 384, 384),
            List.of(192, 128, 160, 192), List.of(288, 288, 320), List.of(192, 224, 256), List.of(10, 20, 9));

    @Override
    public Network network(String name, Shape input, int classes) {
        return switch (version) {
            case V1 -> embedding(trunk(input, V1, "repeat_1", "repeat_2", "repeat_3"), 512)
                    .at("logits").linear(classes).network(name);
            case V1_EMBEDDING -> embedding(trunk(input, V1, "repeat_1", "repeat_2", "repeat_3"), classes)
                    .then(new Op.L2Norm(1e-12)).network(name);
            case V2 -> classifier(input, classes).network(name);
            case V2_SMALL -> classifier(input, classes).network(name);
        };
    }

    private Layer classifier(Shape input, int classes) {
        return UNIT.conv(trunk(input, V2, "repeat", "repeat_1", "repeat_2"), "conv2d_7b", 1536, Size.ONE)
                .globalAvgPool().flatten().dropout(0.2).at("classif").linear(classes);
    }

    private static Layer embedding(Layer x, int length) {
        return x.globalAvgPool().dropout(0.6).flatten()
                .at("last_linear").then(new Op.Linear(length, false))
                .at("last_bn").batchNorm(1e-3);
    }

    private Layer trunk(Shape input, Widths widths, String repeatA, String repeatB, String repeatC) {
        var x = stem(input);
        for (var i = 0; i < widths.modules.get(0); i++) x = a(cell(x, repeatA + "." + i), widths.a);
        x = reductionA(cell(x, "mixed_6a"), widths.reductionA);
        for (var i = 0; i < widths.modules.get(1); i++) x = b(cell(x, repeatB + "." + i), widths.b);
        x = reductionB(cell(x, "mixed_7a"), widths.reductionB);
        for (var i = 0; i < widths.modules.get(2); i++) x = c(cell(x, repeatC + "." + i), widths.c, 0.2).relu();
        return c(cell(x, "block8"), widths.c, 1);
    }

    private static InceptionModule cell(Layer x, String name) {
        return new InceptionModule(x, name, UNIT, 0);
    }

    private Layer stem(Shape input) {
        var small = version == Version.V2_SMALL;
        var padding = pad(small ? 1 : 0);
        var x = UNIT.conv(Layer.input(input), "conv2d_1a", 32, Size.square(3), stride(small ? 1 : 2), padding);
        x = UNIT.conv(x, "conv2d_2a", 32, Size.square(3), padding);
        x = UNIT.conv(x, "conv2d_2b", 64, Size.square(3), pad(1));
        x = UNIT.conv(small ? x : x.maxPool(3, stride(2)), "conv2d_3b", 80, Size.ONE);
        x = UNIT.conv(x, "conv2d_4a", 192, Size.square(3), padding);
        return switch (version) {
            case V1, V1_EMBEDDING -> UNIT.conv(x, "conv2d_4b", 256, Size.square(3), stride(2));
            case V2 -> first(cell(x.maxPool(3, stride(2)), "mixed_5b"));
            case V2_SMALL -> first(cell(x, "mixed_5b"));
        };
    }

    /// The module at the end of v2's stem, in the authors' code.
    private static Layer first(InceptionModule at) {
        return join(
                at.one("branch0", conv(96, 1)),
                at.chain("branch1.", conv(48, 1), conv(64, 5)),
                at.chain("branch2.", conv(64, 1), conv(96, 3), conv(96, 3)),
                at.chain("branch3.", INNER_AVERAGE, conv(64, 1)));
    }

    private static Layer a(InceptionModule at, List<Integer> n) {
        var branches = join(
                at.one("branch0", conv(32, 1)),
                at.chain("branch1.", conv(32, 1), conv(32, 3)),
                at.chain("branch2.", conv(32, 1), conv(n.get(0), 3), conv(n.get(1), 3)));
        return residual(at, branches, 0.17).relu();
    }

    /// Figure 7 with k, l, m, n.
    private static Layer reductionA(InceptionModule at, List<Integer> klmn) {
        return join(
                at.one("branch0", reduce(klmn.get(3))),
                at.chain("branch1.", conv(klmn.get(0), 1), conv(klmn.get(1), 3), reduce(klmn.get(2))),
                at.pooled());
    }

    private static Layer b(InceptionModule at, List<Integer> n) {
        var branches = join(
                at.one("branch0", conv(n.get(0), 1)),
                at.chain("branch1.", conv(n.get(1), 1), conv(n.get(2), 1, 7), conv(n.get(3), 7, 1)));
        return residual(at, branches, 0.10).relu();
    }

    private static Layer reductionB(InceptionModule at, List<Integer> n) {
        return join(
                at.chain("branch0.", conv(256, 1), reduce(384)),
                at.chain("branch1.", conv(256, 1), reduce(n.get(0))),
                at.chain("branch2.", conv(256, 1), conv(n.get(1), 3), reduce(n.get(2))),
                at.pooled());
    }

    private static Layer c(InceptionModule at, List<Integer> n, double scale) {
        var branches = join(
                at.one("branch0", conv(192, 1)),
                at.chain("branch1.", conv(n.get(0), 1), conv(n.get(1), 1, 3), conv(n.get(2), 3, 1)));
        return residual(at, branches, scale);
    }

    /// A 1×1 convolution back to the input's width, scaled, and added to it.
    private static Layer residual(InceptionModule at, Layer branches, double scale) {
        var back = branches.at(at.name() + ".conv2d").conv(at.x().shape().channels(), 1);
        return at.x().add(scale == 1 ? back : back.scale(scale));
    }
}
