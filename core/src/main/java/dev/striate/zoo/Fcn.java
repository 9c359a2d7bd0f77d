package dev.striate.zoo;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.pad;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Op.Filters;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.List;

/// Fully convolutional networks on VGG-16 (Long, Shelhamer and Darrell 2015, figure 3): a class for every pixel.
///
/// Scores of stride 32 are enlarged by transposed convolutions and, in 16s and 8s, added to those of the fourth and third
/// pooling. Names, borders of 100, offsets of crops and the fixed last interpolation are those of the published weights.
final class Fcn {
    static final Paper PAPER = new Paper("Fully Convolutional Networks for Semantic Segmentation",
            "Long, Shelhamer and Darrell", 2015);
    private static final Shape INPUT = new Shape(3, 500, 500);
    private static final int VOC_CLASSES = 21;
    private static final int[] WIDTHS = { 64, 128, 256, 512, 512 };
    private static final int[] CONVOLUTIONS = { 2, 2, 3, 3, 3 };

    private Fcn() {}

    static List<ZooEntry> entries() {
        return List.of(
                large("fcn32s_vgg16", "scores of stride 32", (x, classes) -> stride32(x.drop7, classes, x.picture)),
                large("fcn16s_vgg16", "and those of pool4",
                        (x, classes) -> stride16(fuse4(x, classes, 1), classes, x.picture)),
                large("fcn8s_vgg16", "and those of pool3", (x, classes) -> stride8(x, classes, 1, 1)),
                large("fcn8s_vgg16_at_once", "8s trained in one stage: pool4 × 0.01, pool3 × 0.0001",
                        (x, classes) -> stride8(x, classes, 0.01, 0.0001)));
    }

    private static ZooEntry large(String name, String summary, Scores scores) {
        return new ZooEntry(name, summary, PAPER, INPUT, VOC_CLASSES,
                (own, input, classes) -> network(own, input, classes, scores));
    }

    /// The scores of every pixel by the features of VGG-16.
    @FunctionalInterface
    private interface Scores {
        Layer of(Features features, int classes);
    }

    private record Features(Layer picture, Layer pool3, Layer pool4, Layer drop7) {}

    private static Network network(String name, Shape input, int classes, Scores scores) {
        var picture = Layer.input(input);
        var pool3 = stage(stage(stage(picture, 1, 100), 2, 1), 3, 1);
        var pool4 = stage(pool3, 4, 1);
        var drop7 = stage(pool4, 5, 1)
                .at("fc6").conv(4096, 7).at("relu6").relu().at("drop6").dropout(0.5)
                .at("fc7").conv(4096, 1).at("relu7").relu().at("drop7").dropout(0.5);
        return scores.of(new Features(picture, pool3, pool4, drop7), classes).network(name);
    }

    /// A stage of VGG-16; the first convolution of all has a border wide enough for fc6 on small pictures.
    private static Layer stage(Layer x, int stage, int border) {
        for (var i = 1; i <= CONVOLUTIONS[stage - 1]; i++) {
            x = x.at("conv" + stage + "_" + i).conv(WIDTHS[stage - 1], 3, pad(i == 1 ? border : 1))
                    .at("relu" + stage + "_" + i).relu();
        }
        return x.at("pool" + stage).maxPool(2, ceil());
    }

    private static Layer stride32(Layer drop7, int classes, Layer picture) {
        return upscore(drop7.at("score_fr").conv(classes, 1), "upscore", 32, Filters.FIXED_BILINEAR)
                .at("score").crop(picture, 19, 19);
    }

    private static Layer fuse4(Features x, int classes, double scale) {
        var upscore2 = upscore(x.drop7.at("score_fr").conv(classes, 1), "upscore2", 2, Filters.BILINEAR);
        var scores = scaled(x.pool4, "scale_pool4", scale).at("score_pool4").conv(classes, 1);
        return upscore2.at("fuse_pool4").add(scores.at("score_pool4c").crop(upscore2, 5, 5));
    }

    private static Layer stride16(Layer fused, int classes, Layer picture) {
        return upscore(fused, "upscore16", 16, Filters.FIXED_BILINEAR).at("score").crop(picture, 27, 27);
    }

    private static Layer stride8(Features x, int classes, double scale4, double scale3) {
        var upscore4 = upscore(fuse4(x, classes, scale4), "upscore_pool4", 2, Filters.BILINEAR);
        var scores = scaled(x.pool3, "scale_pool3", scale3).at("score_pool3").conv(classes, 1);
        var fused = upscore4.at("fuse_pool3").add(scores.at("score_pool3c").crop(upscore4, 9, 9));
        return upscore(fused, "upscore8", 8, Filters.FIXED_BILINEAR).at("score").crop(x.picture, 31, 31);
    }

    private static Layer scaled(Layer x, String name, double scale) {
        return scale == 1 ? x : x.at(name).scale(scale);
    }

    /// Interpolation by a factor: a kernel of twice its side.
    private static Layer upscore(Layer x, String name, int factor, Filters filters) {
        var window = Window.of(2 * factor).withStride(Size.square(factor));
        return x.at(name).then(new Op.TransposedConv(x.shape().channels(), window, Size.ZERO, 1, false, filters));
    }
}
