package dev.striate.yolo;

import dev.striate.graph.Size;
import java.util.List;

/// YOLO v2's output (Redmon and Farhadi 2017, §2): for each cell and anchor a logistic objectness, a softmax over classes,
/// and a box of `x = σ(t_x) + c_x`, `w = p_w e^(t_w)`.
///
/// @param anchors in cells of the map
/// @param softmax whether classes exclude one another; else each is logistic
/// @param byShape whether an object is answered for by the anchor of its shape rather than by the predicted box
/// @param rescore whether the objectness learns the overlap of its box instead of 1
/// @param background predictions that overlap an object by more than this cost nothing where another answers for it
public record RegionHead(List<Anchor> anchors, int classes, boolean softmax, boolean byShape, boolean rescore,
        double background, Scales scales) implements YoloHead {
    private static final List<Anchor> SQUARE = List.of(new Anchor(0.5, 0.5));

    /// What the parts of the loss weigh: Darknet's `object_scale`, `noobject_scale`, `class_scale`, `coord_scale`.
    public record Scales(double object, double noObject, double classes, double coordinates) {
        static Scales of(Settings settings) {
            return new Scales(settings.number("object_scale", 1), settings.number("noobject_scale", 1),
                    settings.number("class_scale", 1), settings.number("coord_scale", 1));
        }
    }

    public RegionHead {
        anchors = List.copyOf(anchors);
    }

    static RegionHead of(Settings settings) {
        var anchors = settings.anchors(SQUARE);
        var count = Math.min(settings.atLeastOne("num", anchors.size()), anchors.size());
        return new RegionHead(anchors.subList(0, count), settings.atLeastOne("classes", 20),
                settings.flag("softmax", false), settings.flag("bias_match", false), settings.flag("rescore", false),
                settings.number("thresh", 0.5), Scales.of(settings));
    }

    @Override
    public int channels() {
        return anchors.size() * (AnchorMap.CLASS + classes);
    }

    @Override
    public void decode(float[] values, int picture, Size map, Size input, double threshold, Candidates found) {
        var boxes = new Boxes(new AnchorMap(values, anchors.size(), classes, map));
        for (var cell = 0; cell < map.area(); cell++) {
            for (var anchor = 0; anchor < anchors.size(); anchor++) {
                var objectness = boxes.map.logistic(picture, anchor, AnchorMap.OBJECTNESS, cell);
                if (objectness <= threshold) continue;
                var shares = boxes.classes(picture, anchor, cell);
                for (var k = 0; k < classes; k++) {
                    if (objectness * shares[k] <= threshold) continue;
                    found.add(boxes.x(picture, anchor, cell) * input.width(),
                            boxes.y(picture, anchor, cell) * input.height(),
                            boxes.width(picture, anchor, cell) * input.width(),
                            boxes.height(picture, anchor, cell) * input.height(), k, objectness * shares[k]);
                }
            }
        }
    }

    @Override
    public HeadLoss loss(float[] values, Size map, Size input, List<List<Truth>> truths, long seen) {
        return new RegionLoss(this, new Boxes(new AnchorMap(values, anchors.size(), classes, map)), seen).of(truths);
    }

    /// The predicted boxes, as shares of the input's sides, and their classes.
    final class Boxes {
        private final AnchorMap map;

        Boxes(AnchorMap map) {
            this.map = map;
        }

        AnchorMap map() {
            return map;
        }

        double x(int picture, int anchor, int cell) {
            return (map.column(cell) + map.logistic(picture, anchor, AnchorMap.X, cell)) / map.size().width();
        }

        double y(int picture, int anchor, int cell) {
            return (map.row(cell) + map.logistic(picture, anchor, AnchorMap.Y, cell)) / map.size().height();
        }

        double width(int picture, int anchor, int cell) {
            return Math.exp(map.at(picture, anchor, AnchorMap.WIDTH, cell)) * anchors.get(anchor).width()
                    / map.size().width();
        }

        double height(int picture, int anchor, int cell) {
            return Math.exp(map.at(picture, anchor, AnchorMap.HEIGHT, cell)) * anchors.get(anchor).height()
                    / map.size().height();
        }

        /// The probability of each class.
        double[] classes(int picture, int anchor, int cell) {
            var shares = new double[classes];
            var largest = Double.NEGATIVE_INFINITY;
            for (var k = 0; k < classes; k++) {
                shares[k] = map.at(picture, anchor, AnchorMap.CLASS + k, cell);
                largest = Math.max(largest, shares[k]);
            }
            var sum = 0.0;
            for (var k = 0; k < classes; k++) {
                shares[k] = softmax ? Math.exp(shares[k] - largest) : AnchorMap.sigmoid(shares[k]);
                sum += shares[k];
            }
            for (var k = 0; softmax && k < classes; k++) shares[k] /= sum;
            return shares;
        }
    }
}
