package dev.striate.zoo;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import java.util.List;

/// ResNet (He et al. 2015, table 1 and §4.2), the plain networks beside it, and ResNeXt (Xie et al. 2017, table 1).
///
/// A variant is a line: the block, the width of the first stage, the blocks of each stage. Names are torchvision's.
record ResNet(Block block, int width, List<Integer> stages, Stem stem, Shortcut shortcut, Paths paths, double dropPath)
        implements Architecture {

    /// Two 3×3 convolutions, or 1×1, 3×3, 1×1 with four times as many filters at the end.
    enum Block {
        BASIC,
        BOTTLENECK
    }

    enum Stem {
        /// 7×7, stride 2, and max pooling.
        LARGE,
        /// 3×3, stride 1: for pictures of 28 to 64 pixels.
        SMALL
    }

    /// How many paths a bottleneck has, of what width where a stage has 64 filters, and how they are written.
    record Paths(int cardinality, int width, ResNeXtForm form) {
        static final Paths ONE = new Paths(1, 64, ResNeXtForm.GROUPED);
    }

    static ResNet of(Block block, Integer... stages) {
        return new ResNet(block, 64, List.of(stages), Stem.LARGE, Shortcut.B, Paths.ONE, 0);
    }

    /// 6n + 2 layers in three stages of 16, 32 and 64 filters.
    static ResNet cifar(int layers, Shortcut shortcut) {
        var n = (layers - 2) / 6;
        return new ResNet(Block.BASIC, 16, List.of(n, n, n), Stem.SMALL, shortcut, Paths.ONE, 0);
    }

    ResNet with(Paths paths) {
        return new ResNet(block, width, stages, stem, shortcut, paths, dropPath);
    }

    ResNet groups(int cardinality, int width) {
        return with(new Paths(cardinality, width, ResNeXtForm.GROUPED));
    }

    ResNet with(Shortcut shortcut) {
        return new ResNet(block, width, stages, stem, shortcut, paths, dropPath);
    }

    ResNet with(Stem stem) {
        return new ResNet(block, width, stages, stem, shortcut, paths, dropPath);
    }

    /// Stochastic depth: the last block's branch is dropped with this probability, earlier ones less, linearly.
    ResNet droppingPaths(double rate) {
        return new ResNet(block, width, stages, stem, shortcut, paths, rate);
    }

    @Override
    public Network network(String name, Shape input, int classes) {
        var x = stem(Layer.input(input));
        var blocks = stages.stream().mapToInt(n -> n).sum();
        var index = 0;
        for (var stage = 0; stage < stages.size(); stage++) {
            for (var i = 0; i < stages.get(stage); i++) {
                var at = "layer" + (stage + 1) + "." + i;
                x = residual(x, at, width << stage, stage > 0 && i == 0 ? 2 : 1, dropPath * ++index / blocks);
            }
        }
        return x.globalAvgPool().flatten().at(width == 16 ? "linear" : "fc").linear(classes).network(name);
    }

    private Layer stem(Layer x) {
        return switch (stem) {
            case LARGE -> x.at("conv1").conv(width, 7, stride(2), pad(3), noBias()).at("bn1").batchNorm().relu()
                    .maxPool(3, stride(2), pad(1));
            case SMALL -> x.at("conv1").conv(width, 3, pad(1), noBias()).at("bn1").batchNorm().relu();
        };
    }

    private Layer residual(Layer x, String name, int filters, int stride, double dropRate) {
        var branch = switch (block) {
            case BASIC -> basic(x, name, filters, stride);
            case BOTTLENECK -> bottleneck(x, name, filters, stride);
        };
        var dropped = dropRate > 0 ? branch.then(new Op.DropPath(dropRate)) : branch;
        return shortcut.around(x, dropped, name, stride).relu();
    }

    private static Layer basic(Layer x, String name, int filters, int stride) {
        return x.at(name + ".conv1").conv(filters, 3, stride(stride), pad(1), noBias())
                .at(name + ".bn1").batchNorm().relu()
                .at(name + ".conv2").conv(filters, 3, pad(1), noBias())
                .at(name + ".bn2").batchNorm();
    }

    /// The stride is in the 3×3 convolution, as in torchvision; the paper has it in the first 1×1.
    private Layer bottleneck(Layer x, String name, int filters, int stride) {
        var inner = filters * paths.width / 64 * paths.cardinality;
        return paths.form.block(x, name, paths.cardinality, inner, 4 * filters, stride);
    }
}
