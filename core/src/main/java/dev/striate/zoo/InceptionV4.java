package dev.striate.zoo;

import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static dev.striate.zoo.InceptionModule.INNER_AVERAGE;
import static dev.striate.zoo.InceptionModule.conv;
import static dev.striate.zoo.InceptionModule.join;
import static dev.striate.zoo.InceptionModule.reduce;
import static dev.striate.zoo.InceptionModule.valid;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.List;

/// Inception v4 (Szegedy et al. 2016, figures 3 to 9); names are timm's. For small pictures the stem keeps the size.
record InceptionV4(boolean small) implements Architecture {
    private static final ConvUnit UNIT = ConvUnit.normalised(1e-3);

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("inception_v4", "timm's", InceptionResNet.PAPER, new Shape(3, 299, 299), 1000,
                        new InceptionV4(false)),
                new ZooEntry("inception_v4_small", "for pictures of 28 to 64 pixels", InceptionResNet.PAPER,
                        new Shape(3, 32, 32), 10, new InceptionV4(true)));
    }

    @Override
    public Network network(String name, Shape input, int classes) {
        var x = stem(Layer.input(input));
        var index = 6;
        for (var i = 0; i < 4; i++) x = a(cell(x, index++));
        x = reductionA(cell(x, index++));
        for (var i = 0; i < 7; i++) x = b(cell(x, index++));
        x = reductionB(cell(x, index++));
        for (var i = 0; i < 3; i++) x = c(cell(x, index++));
        return x.globalAvgPool().flatten().dropout(0.2).at("last_linear").linear(classes).network(name);
    }

    private static InceptionModule cell(Layer x, int index) {
        return new InceptionModule(x, "features." + index, UNIT, 0);
    }

    /// Figure 3.
    private Layer stem(Layer input) {
        var x = small
                ? UNIT.conv(input, "features.0", 32, Size.square(3), pad(1))
                : UNIT.conv(input, "features.0", 32, Size.square(3), stride(2));
        x = UNIT.conv(x, "features.1", 32, Size.square(3), pad(small ? 1 : 0));
        x = UNIT.conv(x, "features.2", 64, Size.square(3), pad(1));
        var third = cell(x, 3);
        var fourth = cell(join(pooled(third), third.one("conv", halving(96))), 4);
        var fifth = cell(join(
                fourth.chain("branch0.", conv(64, 1), unpadded(96)),
                fourth.chain("branch1.", conv(64, 1), conv(64, 1, 7), conv(64, 7, 1), unpadded(96))), 5);
        return join(fifth.one("conv", halving(192)), pooled(fifth));
    }

    private InceptionModule.Step halving(int filters) {
        return small ? conv(filters, 3) : reduce(filters);
    }

    private InceptionModule.Step unpadded(int filters) {
        return small ? conv(filters, 3) : valid(filters, 3);
    }

    private Layer pooled(InceptionModule at) {
        return small ? at.behind(InceptionModule.MAX).x() : at.pooled();
    }

    /// Figure 4.
    private static Layer a(InceptionModule at) {
        return join(
                at.one("branch0", conv(96, 1)),
                at.chain("branch1.", conv(64, 1), conv(96, 3)),
                at.chain("branch2.", conv(64, 1), conv(96, 3), conv(96, 3)),
                at.chain("branch3.", INNER_AVERAGE, conv(96, 1)));
    }

    /// Figure 7 with k, l, m, n = 192, 224, 256, 384.
    private static Layer reductionA(InceptionModule at) {
        return join(
                at.one("branch0", reduce(384)),
                at.chain("branch1.", conv(192, 1), conv(224, 3), reduce(256)),
                at.pooled());
    }

    /// Figure 5.
    private static Layer b(InceptionModule at) {
        return join(
                at.one("branch0", conv(384, 1)),
                at.chain("branch1.", conv(192, 1), conv(224, 1, 7), conv(256, 7, 1)),
                at.chain("branch2.", conv(192, 1), conv(192, 7, 1), conv(224, 1, 7), conv(224, 7, 1), conv(256, 1, 7)),
                at.chain("branch3.", INNER_AVERAGE, conv(128, 1)));
    }

    /// Figure 8.
    private static Layer reductionB(InceptionModule at) {
        return join(
                at.chain("branch0.", conv(192, 1), reduce(192)),
                at.chain("branch1.", conv(256, 1), conv(256, 1, 7), conv(320, 7, 1), reduce(320)),
                at.pooled());
    }

    /// Figure 6.
    private static Layer c(InceptionModule at) {
        return join(
                at.one("branch0", conv(256, 1)),
                at.fork(at.one("branch1_0", conv(384, 1)), "branch1_1", 256),
                at.fork(at.chain("branch2_", conv(384, 1), conv(448, 3, 1), conv(512, 1, 3)), "branch2_3", 256),
                at.chain("branch3.", INNER_AVERAGE, conv(256, 1)));
    }
}
