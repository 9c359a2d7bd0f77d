package dev.striate.zoo;

import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// YOLO v1 (Redmon et al. 2016), v2 (Redmon and Farhadi 2017) and v3 (2018), as published and small; layers are numbered in
/// the order of Darknet's files, `conv1` and on.
final class Yolo {
    private static final Paper V1 = new Paper("You Only Look Once: Unified, Real-Time Object Detection",
            "Redmon, Divvala, Girshick and Farhadi", 2016);
    private static final Paper V2 = new Paper("YOLO9000: Better, Faster, Stronger", "Redmon and Farhadi", 2017);
    private static final Paper V3 = new Paper("YOLOv3: An Incremental Improvement", "Redmon and Farhadi", 2018);
    private static final Shape SMALL = new Shape(3, 128, 128);
    private static final Shape USUAL = new Shape(3, 416, 416);
    private static final int SHAPES = 8;
    private static final int VOC = 20;
    private static final int COCO = 80;
    private static final String TINY_ANCHORS = "10,14, 23,27, 37,58, 81,82, 135,169, 344,319";
    private static final String V3_ANCHORS = "10,13, 16,30, 33,23, 30,61, 62,45, 59,119, 116,90, 156,198, 373,326";
    private static final String VOC_ANCHORS = "1.3221,1.73145, 3.19275,4.00944, 5.05587,8.09892, 9.47112,4.84053, "
            + "11.2364,10.0071";
    /// For objects of a sixth to a half of a picture of 128 pixels, in cells of 16.
    private static final String SMALL_CELLS = "1.2,1.2, 1.7,1.7, 2.2,2.2, 2.8,2.8, 3.6,3.6";
    /// The same in pixels.
    private static final String SMALL_PIXELS = "18,18, 24,24, 30,30, 37,37, 45,45, 56,56";

    private Yolo() {}

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("yolov1", "a grid of 7×7 cells, two boxes each", V1, new Shape(3, 448, 448), VOC,
                        Yolo::v1),
                new ZooEntry("yolov1_small", "for pictures of 128 pixels: a grid of 8×8", V1, SMALL, SHAPES,
                        Yolo::v1Small),
                new ZooEntry("yolov2", "Darknet-19, five anchors, passthrough", V2, USUAL, VOC, Yolo::v2),
                new ZooEntry("yolov2_tiny", "nine convolutions, five anchors", V2, USUAL, VOC, Yolo::v2Tiny),
                new ZooEntry("yolov2_small", "for pictures of 128 pixels: five anchors, passthrough", V2, SMALL, SHAPES,
                        Yolo::v2Small),
                new ZooEntry("yolov3", "Darknet-53, three scales", V3, USUAL, COCO, Yolo::v3),
                new ZooEntry("yolov3_tiny", "thirteen convolutions, two scales", V3, USUAL, COCO, Yolo::v3Tiny),
                new ZooEntry("yolov3_small", "for pictures of 128 pixels: residual pairs, two scales", V3, SMALL,
                        SHAPES,
                        Yolo::v3Small));
    }

    /// Convolutions that number themselves.
    private static final class Convs {
        private final ConvUnit unit = ConvUnit.leaky(0.1);
        private int count;

        Layer conv(Layer x, int filters, int kernel, int stride) {
            return unit.conv(x, "conv" + ++count, filters, Size.square(kernel), stride(stride), pad(kernel / 2));
        }

        Layer conv(Layer x, int filters, int kernel) {
            return conv(x, filters, kernel, 1);
        }

        /// 1×1 and 3×3 in turn.
        Layer turns(Layer x, int narrow, int wide, int times) {
            for (var i = 0; i < times; i++) x = conv(conv(x, narrow, 1), wide, 3);
            return x;
        }

        /// The stride of 2 and pairs of convolutions with a shortcut around each.
        Layer residuals(Layer x, int filters, int pairs) {
            x = conv(x, filters, 3, 2);
            for (var i = 0; i < pairs; i++) x = conv(conv(x, filters / 2, 1), filters, 3).add(x);
            return x;
        }

        /// A convolution without activation and the output layer that reads it.
        Layer head(Layer x, int channels, String name, Op.Detection output) {
            return x.at("conv" + ++count).conv(channels, 1).at(name).then(output);
        }
    }

    private static Op.Detection scale(String anchors, String mask, int classes) {
        return new Op.Detection("yolo", Map.of("anchors", anchors, "mask", mask, "classes", "" + classes, "num",
                "" + anchors.split(",").length / 2, "ignore_thresh", "0.7", "truth_thresh", "1"));
    }

    private static Op.Detection region(String anchors, int classes) {
        return new Op.Detection("region", Map.of("anchors", anchors, "classes", "" + classes, "num",
                "" + anchors.split(",").length / 2, "bias_match", "1", "softmax", "1", "rescore", "1", "thresh", "0.6",
                "object_scale", "5"));
    }

    private static Op.Detection grid(int side, int classes) {
        return new Op.Detection("detection", Map.of("side", "" + side, "num", "2", "classes", "" + classes, "sqrt", "1",
                "rescore", "1", "noobject_scale", "0.5", "coord_scale", "5"));
    }

    /// Table 1's layers with the code's one layer before the last fully connected ones.
    private static Network v1(String name, Shape input, int classes) {
        var convs = new Convs();
        var x = convs.conv(Layer.input(input), 64, 7, 2).maxPool(2);
        x = convs.conv(x, 192, 3).maxPool(2);
        x = convs.conv(convs.conv(convs.conv(convs.conv(x, 128, 1), 256, 3), 256, 1), 512, 3).maxPool(2);
        x = convs.conv(convs.conv(convs.turns(x, 256, 512, 4), 512, 1), 1024, 3).maxPool(2);
        x = convs.conv(convs.turns(x, 512, 1024, 2), 1024, 3);
        x = convs.conv(convs.conv(convs.conv(x, 1024, 3, 2), 1024, 3), 1024, 3);
        return grid(x.flatten().at("fc1").linear(4096).leakyRelu(0.1).dropout(0.5), 7, classes, name);
    }

    /// One layer answers for all cells, where the paper's fully connected one learns each cell's answers by themselves: on
    /// thousands of pictures, not millions, that would take as many times more. Classes are shares of 1 (`softmax`), which are
    /// learnt by cross entropy and so in a fraction of the steps that squared errors take.
    private static Network v1Small(String name, Shape input, int classes) {
        var convs = new Convs();
        var x = convs.conv(Layer.input(input), 16, 3, 2);
        x = convs.conv(x, 32, 3).maxPool(2);
        x = convs.turns(x, 32, 64, 1).maxPool(2);
        x = convs.turns(convs.conv(x, 128, 3), 64, 128, 1).maxPool(2);
        x = convs.turns(convs.conv(x, 256, 3), 128, 256, 1);
        var side = x.shape().height();
        var answers = byCells(x.at("classes").conv(classes, 1)).concat(byCells(x.at("confidences").conv(2, 1)),
                byCells(x.at("coordinates").conv(2 * 4, 1)));
        var shares = new LinkedHashMap<>(grid(side, classes).settings());
        shares.putAll(Map.of("softmax", "1", "class_scale", "3"));
        return answers.flatten().at("boxes").then(new Op.Detection("detection", shares)).network(name);
    }

    /// All channels of a cell, then those of the next, as v1's output layer reads them.
    private static Layer byCells(Layer x) {
        return x.then(new Op.SpaceToDepth(x.shape().height(), Op.BlockOrder.BLOCK_FIRST));
    }

    private static Network grid(Layer x, int side, int classes, String name) {
        return x.at("fc").linear(side * side * (2 * 5 + classes)).at("boxes").then(grid(side, classes)).network(name);
    }

    private static Network v2(String name, Shape input, int classes) {
        var convs = new Convs();
        var x = convs.conv(Layer.input(input), 32, 3).maxPool(2);
        x = convs.conv(x, 64, 3).maxPool(2);
        x = convs.turns(convs.conv(x, 128, 3), 64, 128, 1).maxPool(2);
        x = convs.turns(convs.conv(x, 256, 3), 128, 256, 1).maxPool(2);
        var fine = convs.turns(convs.conv(x, 512, 3), 256, 512, 2);
        x = convs.turns(convs.conv(fine.maxPool(2), 1024, 3), 512, 1024, 2);
        x = convs.conv(convs.conv(x, 1024, 3), 1024, 3);
        x = convs.conv(passthrough(convs.conv(fine, 64, 1)).concat(x), 1024, 3);
        return convs.head(x, 5 * (5 + classes), "boxes", region(VOC_ANCHORS, classes)).network(name);
    }

    private static Layer passthrough(Layer fine) {
        return fine.then(new Op.SpaceToDepth(2, Op.BlockOrder.DARKNET));
    }

    private static Network v2Tiny(String name, Shape input, int classes) {
        var convs = new Convs();
        var x = pooledTwice(convs, Layer.input(input));
        x = convs.conv(convs.conv(x, 1024, 3), 1024, 3);
        return convs
                .head(x, 5 * (5 + classes), "boxes", region("1.08,1.19, 3.42,4.41, 6.63,11.38, 9.42,5.11, 16.62,10.52",
                        classes))
                .network(name);
    }

    /// Six convolutions of 16 to 512 filters with poolings, the last of stride 1.
    private static Layer pooledTwice(Convs convs, Layer x) {
        for (var filters = 16; filters < 512; filters *= 2) x = convs.conv(x, filters, 3).maxPool(2);
        return unmoved(convs.conv(x, 512, 3));
    }

    /// A pooling of 2×2 and stride 1 that keeps the size: one pixel of border on the right and below.
    private static Layer unmoved(Layer x) {
        return x.then(new Op.Pad(0, 0, 1, 1, Double.NEGATIVE_INFINITY))
                .then(new Op.MaxPool(Window.of(2).withStride(Size.ONE), false));
    }

    private static Network v2Small(String name, Shape input, int classes) {
        var convs = new Convs();
        var x = convs.conv(Layer.input(input), 16, 3, 2);
        x = convs.conv(x, 32, 3).maxPool(2);
        var fine = convs.turns(convs.conv(x, 64, 3).maxPool(2), 32, 64, 1);
        x = convs.turns(convs.conv(fine, 128, 3).maxPool(2), 64, 128, 2);
        x = convs.conv(passthrough(convs.conv(fine, 32, 1)).concat(x), 256, 3);
        return convs.head(x, 5 * (5 + classes), "boxes", region(SMALL_CELLS, classes)).network(name);
    }

    private static Network v3(String name, Shape input, int classes) {
        var convs = new Convs();
        var x = convs.residuals(convs.residuals(convs.conv(Layer.input(input), 32, 3), 64, 1), 128, 2);
        var fine = convs.residuals(x, 256, 8);
        var middle = convs.residuals(fine, 512, 8);
        x = convs.residuals(middle, 1024, 4);
        var outputs = new LinkedHashMap<String, Layer>();
        x = convs.conv(convs.turns(x, 512, 1024, 2), 512, 1);
        var large = convs.head(convs.conv(x, 1024, 3), 3 * (5 + classes), "large", scale(V3_ANCHORS, "6,7,8", classes));
        x = convs.conv(convs.turns(enlarged(convs.conv(x, 256, 1)).concat(middle), 256, 512, 2), 256, 1);
        outputs.put("medium", convs.head(convs.conv(x, 512, 3), 3 * (5 + classes), "medium",
                scale(V3_ANCHORS, "3,4,5", classes)));
        x = convs.turns(enlarged(convs.conv(x, 128, 1)).concat(fine), 128, 256, 3);
        outputs.put("small", convs.head(x, 3 * (5 + classes), "small", scale(V3_ANCHORS, "0,1,2", classes)));
        return large.network(name, outputs);
    }

    private static Layer enlarged(Layer x) {
        return x.upsample(2, Op.Interpolation.NEAREST);
    }

    private static Network v3Tiny(String name, Shape input, int classes) {
        var convs = new Convs();
        var x = Layer.input(input);
        for (var filters = 16; filters < 256; filters *= 2) x = convs.conv(x, filters, 3).maxPool(2);
        var fine = convs.conv(x, 256, 3);
        x = unmoved(convs.conv(fine.maxPool(2), 512, 3));
        x = convs.conv(convs.conv(x, 1024, 3), 256, 1);
        var large = convs.head(convs.conv(x, 512, 3), 3 * (5 + classes), "large",
                scale(TINY_ANCHORS, "3,4,5", classes));
        x = convs.conv(enlarged(convs.conv(x, 128, 1)).concat(fine), 256, 3);
        var small = convs.head(x, 3 * (5 + classes), "small", scale(TINY_ANCHORS, "0,1,2", classes));
        return large.network(name, Map.of("small", small));
    }

    private static Network v3Small(String name, Shape input, int classes) {
        var convs = new Convs();
        var x = convs.conv(convs.conv(Layer.input(input), 16, 3, 2), 32, 3, 2);
        var fine = convs.residuals(x, 64, 2);
        x = convs.conv(convs.residuals(fine, 128, 2), 64, 1);
        var large = convs.head(convs.conv(x, 128, 3), 3 * (5 + classes), "large",
                scale(SMALL_PIXELS, "3,4,5", classes));
        x = convs.conv(enlarged(convs.conv(x, 32, 1)).concat(fine), 64, 3);
        var small = convs.head(x, 3 * (5 + classes), "small", scale(SMALL_PIXELS, "0,1,2", classes));
        return large.network(name, Map.of("small", small));
    }
}
