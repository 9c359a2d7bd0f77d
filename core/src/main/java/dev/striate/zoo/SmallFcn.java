package dev.striate.zoo;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Op.Filters;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.List;

/// FCN-32s, 16s and 8s for pictures of 128 to 512 pixels, trained from nothing: the paper's five poolings and skips behind
/// narrow stages with batch normalisation, borders of one pixel, and transposed convolutions that all learn.
final class SmallFcn {
    private static final Shape INPUT = new Shape(3, 256, 256);
    private static final int CLASSES = 4;
    private static final int[] WIDTHS = { 16, 32, 64, 128, 256 };
    private static final int[] CONVOLUTIONS = { 1, 2, 3, 2, 2 };
    private static final int SCORED = 256;

    private SmallFcn() {}

    static List<ZooEntry> entries() {
        return List.of(entry("fcn32s_small", 32), entry("fcn16s_small", 16), entry("fcn8s_small", 8));
    }

    private static ZooEntry entry(String name, int stride) {
        return new ZooEntry(name, "for small pictures, scores of stride " + stride, Fcn.PAPER, INPUT, CLASSES,
                (own, input, classes) -> network(own, input, classes, stride));
    }

    private static Network network(String name, Shape input, int classes, int stride) {
        var picture = Layer.input(input);
        var pool3 = stage(stage(stage(picture, 1), 2), 3);
        var pool4 = stage(pool3, 4);
        var top = unit(stage(pool4, 5), "fc6", SCORED);
        var scores = top.at("drop6").dropout(0.1).at("score_fr").conv(classes, 1);
        if (stride < 32) scores = fuse(scores, "upscore2", pool4, "pool4");
        if (stride < 16) scores = fuse(scores, "upscore_pool4", pool3, "pool3");
        return upscore(scores, stride == 32 ? "upscore" : "upscore" + stride, stride)
                .at("score").crop(picture, 0, 0).network(name);
    }

    private static Layer stage(Layer x, int stage) {
        for (var i = 1; i <= CONVOLUTIONS[stage - 1]; i++) x = unit(x, "conv" + stage + "_" + i, WIDTHS[stage - 1]);
        return x.at("pool" + stage).maxPool(2, ceil());
    }

    private static Layer unit(Layer x, String name, int filters) {
        return x.at(name).conv(filters, 3, pad(1), noBias()).at(name + "_bn").batchNorm()
                .at(name.replaceAll("conv|fc", "relu")).relu();
    }

    /// Scores of twice the side, and those of a pooling added.
    private static Layer fuse(Layer scores, String name, Layer pool, String poolName) {
        var own = pool.at("score_" + poolName).conv(scores.shape().channels(), 1);
        return upscore(scores, name, 2).at(name + "c").crop(own, 0, 0).at("fuse_" + poolName).add(own);
    }

    /// Interpolation by a factor that keeps edges in their place: a kernel of twice its side, half its side cut off.
    private static Layer upscore(Layer x, String name, int factor) {
        var window = Window.of(2 * factor).withStride(Size.square(factor)).withPadding(Size.square(factor / 2));
        return x.at(name).then(new Op.TransposedConv(x.shape().channels(), window, Size.ZERO, 1, false,
                Filters.BILINEAR));
    }
}
