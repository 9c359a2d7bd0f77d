package dev.striate.zoo;

import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static dev.striate.zoo.InceptionModule.conv;
import static dev.striate.zoo.InceptionModule.join;
import static dev.striate.zoo.InceptionModule.reduce;
import static dev.striate.zoo.InceptionModule.valid;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.List;
import java.util.Map;

/// Inception v2 and v3 (Szegedy et al. 2015, "Rethinking", table 1 and §8); names are torchvision's.
///
/// The paper's table gives v2's grids and depths, not the widths inside its modules: here they are v3's.
/// The auxiliary head needs a grid of 17×17; smaller pictures go without it.
record Inception(Version version) implements Architecture {
    private static final Paper PAPER = new Paper("Rethinking the Inception Architecture for Computer Vision",
            "Szegedy et al.", 2015);
    private static final ConvUnit UNIT = ConvUnit.normalised(1e-3);

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("inception_v2", "5×5 as 3×3·3×3, 7×7 as 1×7·7×1", PAPER, new Shape(3, 299, 299), 1000,
                        new Inception(Version.V2)),
                new ZooEntry("inception_v3", "torchvision's", PAPER, new Shape(3, 299, 299), 1000,
                        new Inception(Version.V3)),
                new ZooEntry("inception_v3_small", "for pictures of 28 to 64 pixels", PAPER, new Shape(3, 32, 32), 10,
                        new Inception(Version.V3_SMALL)));
    }

    private enum Version {
        V2,
        V3,
        V3_SMALL
    }

    @Override
    public Network network(String name, Shape input, int classes) {
        var x = stem(Layer.input(input));
        x = a(x, "Mixed_5b", 32);
        x = a(x, "Mixed_5c", 64);
        x = a(x, "Mixed_5d", 64);
        var grid = b(x);
        var widths = version == Version.V2 ? List.of(128, 160, 160, 160, 192) : List.of(128, 160, 160, 192);
        for (var i = 0; i < widths.size(); i++) grid = c(grid, "Mixed_6" + "bcdef".charAt(i), widths.get(i));
        var small = Math.min(grid.shape().height(), grid.shape().width()) < 17;
        var heads = small ? Map.<String, Layer>of() : Map.of("aux", head(grid, classes));
        return e(e(d(grid), "Mixed_7b"), "Mixed_7c")
                .globalAvgPool().dropout(0.5).flatten().at("fc").linear(classes)
                .network(name, Map.of(), heads);
    }

    private Layer stem(Layer x) {
        return switch (version) {
            case V2 -> {
                var y = stem(x, 2, 0).maxPool(3, stride(2));
                y = UNIT.conv(y, "Conv2d_3b_3x3", 80, Size.square(3));
                y = UNIT.conv(y, "Conv2d_4a_3x3", 192, Size.square(3), stride(2));
                yield UNIT.conv(y, "Conv2d_4b_3x3", 288, Size.square(3), pad(1));
            }
            case V3 -> narrow(stem(x, 2, 0).maxPool(3, stride(2))).maxPool(3, stride(2));
            case V3_SMALL -> narrow(stem(x, 1, 1));
        };
    }

    private static Layer stem(Layer x, int stride, int padding) {
        x = UNIT.conv(x, "Conv2d_1a_3x3", 32, Size.square(3), stride(stride), pad(padding));
        x = UNIT.conv(x, "Conv2d_2a_3x3", 32, Size.square(3), pad(padding));
        return UNIT.conv(x, "Conv2d_2b_3x3", 64, Size.square(3), pad(1));
    }

    private static Layer narrow(Layer x) {
        return UNIT.conv(UNIT.conv(x, "Conv2d_3b_1x1", 80, Size.ONE), "Conv2d_4a_3x3", 192, Size.square(3));
    }

    /// Figure 5; v3 keeps a 5×5 in the second branch.
    private Layer a(Layer x, String name, int pooled) {
        var at = new InceptionModule(x, name, UNIT, 1);
        return join(
                at.one("branch1x1", conv(64, 1)),
                version == Version.V2
                        ? at.chain("branch3x3_", conv(48, 1), conv(64, 3))
                        : at.chain("branch5x5_", conv(48, 1), conv(64, 5)),
                at.chain("branch3x3dbl_", conv(64, 1), conv(96, 3), conv(96, 3)),
                at.behind(InceptionModule.AVERAGE).one("branch_pool", conv(pooled, 1)));
    }

    /// Figure 10: the grid reduction to 17×17.
    private static Layer b(Layer x) {
        var at = new InceptionModule(x, "Mixed_6a", UNIT, 1);
        return join(
                at.one("branch3x3", reduce(384)),
                at.chain("branch3x3dbl_", conv(64, 1), conv(96, 3), reduce(96)),
                at.pooled());
    }

    /// Figure 6 with n = 7.
    private static Layer c(Layer x, String name, int n) {
        var at = new InceptionModule(x, name, UNIT, 1);
        return join(
                at.one("branch1x1", conv(192, 1)),
                at.chain("branch7x7_", conv(n, 1), conv(n, 1, 7), conv(192, 7, 1)),
                at.chain("branch7x7dbl_", conv(n, 1), conv(n, 7, 1), conv(n, 1, 7), conv(n, 7, 1), conv(192, 1, 7)),
                at.behind(InceptionModule.AVERAGE).one("branch_pool", conv(192, 1)));
    }

    /// Figure 10: the grid reduction to 8×8.
    private static Layer d(Layer x) {
        var at = new InceptionModule(x, "Mixed_7a", UNIT, 1);
        return join(
                at.chain("branch3x3_", conv(192, 1), reduce(320)),
                at.chain("branch7x7x3_", conv(192, 1), conv(192, 1, 7), conv(192, 7, 1), reduce(192)),
                at.pooled());
    }

    /// Figure 7: the expanded filter bank.
    private static Layer e(Layer x, String name) {
        var at = new InceptionModule(x, name, UNIT, 1);
        return join(
                at.one("branch1x1", conv(320, 1)),
                at.fork(at.one("branch3x3_1", conv(384, 1)), "branch3x3_2", 384),
                at.fork(at.chain("branch3x3dbl_", conv(448, 1), conv(384, 3)), "branch3x3dbl_3", 384),
                at.behind(InceptionModule.AVERAGE).one("branch_pool", conv(192, 1)));
    }

    /// Figure 8; only v3 normalises it.
    private Layer head(Layer x, int classes) {
        var unit = version == Version.V2 ? ConvUnit.plain() : UNIT;
        var at = new InceptionModule(x.avgPool(5, stride(3)), "AuxLogits", unit, 0);
        return at.chain("conv", conv(128, 1), valid(768, 5))
                .globalAvgPool().flatten().at("AuxLogits.fc").linear(classes);
    }
}
