package dev.striate.zoo;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op.RegionPooling.Method;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.region.Backbone;
import java.util.List;

/// Faster R-CNN (Ren et al. 2015) on VGG-16 and ResNets as published, and small.
final class FasterRcnn {
    private static final Paper PAPER = new Paper(
            "Faster R-CNN: Towards Real-Time Object Detection with Region Proposal Networks",
            "Ren, He, Girshick and Sun", 2015);
    private static final Paper FAST = new Paper("Fast R-CNN", "Girshick", 2015);
    private static final Shape USUAL = new Shape(3, 608, 608);
    private static final Shape SMALL = new Shape(3, 128, 128);
    private static final int VOC = 20;
    private static final int SHAPES = 8;
    private static final List<Double> RATIOS = List.of(0.5, 1.0, 2.0);
    /// For objects of a sixth to a half of a picture of 128 pixels.
    private static final List<Double> SMALL_SCALES = List.of(20.0, 32.0, 50.0);

    private FasterRcnn() {}

    static List<ZooEntry> entries() {
        return List.of(published("faster_rcnn_vgg16", "vgg16"), published("faster_rcnn_resnet50", "resnet50"),
                published("faster_rcnn_resnet101", "resnet101"),
                new ZooEntry("faster_rcnn_small", "for pictures of 128 pixels: nine anchors, a map of 16×16", PAPER,
                        SMALL, SHAPES, (name, input, classes) -> new Backbone(8, 96, Method.ALIGN, SMALL_SCALES, RATIOS)
                                .detector(small(input), input, classes).withName(name)),
                smallFast(),
                new ZooEntry("fast_rcnn_vgg16", "regions on vgg16, proposals of selective search", FAST, USUAL, VOC,
                        (name, input, classes) -> Backbone.fastRcnn().detector(Zoo.network("vgg16"), input, classes)
                                .withName(name)));
    }

    /// Fast R-CNN (Girshick 2015): the same without a proposal network.
    private static ZooEntry smallFast() {
        return new ZooEntry("fast_rcnn_small", "for pictures of 128 pixels: proposals of selective search", FAST, SMALL,
                SHAPES, (name, input, classes) -> new Backbone(8, 0, Method.ALIGN, List.of(), List.of())
                        .detector(small(input), input, classes).withName(name));
    }

    private static ZooEntry published(String name, String backbone) {
        return new ZooEntry(name, "regions on " + backbone + ", nine anchors", PAPER, USUAL, VOC,
                (own, input, classes) -> Backbone.fasterRcnn(input.size())
                        .detector(Zoo.network(backbone), input, classes).withName(own));
    }

    /// Residual pairs to a map of an eighth; behind the regions, which get 6×6 cells, a convolution and a layer of 256.
    private static Network small(Shape input) {
        var x = unit(unit(Layer.input(input.withSize(Size.square(48))), "conv1", 16, 2), "conv2", 32,
                2);
        x = pair(pair(unit(x, "conv3", 64, 1), "pair1"), "pair2");
        x = pair(pair(unit(x, "conv4", 96, 2), "pair3"), "pair4");
        x = unit(x, "conv5", 128, 2);
        return x.flatten().at("fc6").linear(256).at("relu6").relu().at("fc7").linear(SHAPES).network("backbone");
    }

    private static Layer unit(Layer x, String name, int filters, int stride) {
        return x.at(name).conv(filters, 3, stride(stride), pad(1), noBias()).at(name + "_bn").batchNorm()
                .at(name + "_relu").relu();
    }

    private static Layer pair(Layer x, String name) {
        var width = x.shape().channels();
        var narrow = x.at(name + "_1").conv(width / 2, 1, noBias()).at(name + "_bn1").batchNorm()
                .at(name + "_relu1").relu();
        return narrow.at(name + "_2").conv(width, 3, pad(1), noBias()).at(name + "_bn2").batchNorm()
                .at(name + "_add").add(x).at(name + "_relu2").relu();
    }
}
