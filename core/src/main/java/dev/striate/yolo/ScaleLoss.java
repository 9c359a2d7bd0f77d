package dev.striate.yolo;

import static dev.striate.yolo.AnchorMap.CLASS;
import static dev.striate.yolo.AnchorMap.HEIGHT;
import static dev.striate.yolo.AnchorMap.OBJECTNESS;
import static dev.striate.yolo.AnchorMap.WIDTH;
import static dev.striate.yolo.AnchorMap.X;
import static dev.striate.yolo.AnchorMap.Y;

import java.util.List;

/// What a batch costs a scale of YOLO v3: binary cross entropy for objectness, classes and centres, half squared errors for
/// the logarithms of width and height, of the anchor whose shape is nearest an object's, in the cell of its centre.
final class ScaleLoss {
    private final ScaleHead head;
    private final ScaleHead.Boxes boxes;
    private final AnchorMap map;
    private final float[] gradient;
    private int objects;
    private double overlap;

    ScaleLoss(ScaleHead head, ScaleHead.Boxes boxes) {
        this.head = head;
        this.boxes = boxes;
        map = boxes.map();
        gradient = new float[map.values().length];
    }

    HeadLoss of(List<List<Truth>> truths) {
        for (var picture = 0; picture < truths.size(); picture++) {
            for (var anchor = 0; anchor < map.anchors(); anchor++) {
                for (var cell = 0; cell < map.cells(); cell++) background(picture, anchor, cell, truths.get(picture));
            }
            for (var truth : truths.get(picture)) assign(picture, truth);
        }
        return new HeadLoss(squares(gradient), gradient, objects, overlap);
    }

    static double squares(float[] values) {
        var sum = 0.0;
        for (var value : values) sum += (double) value * value;
        return sum;
    }

    /// No object, unless the box overlaps one well enough.
    private void background(int picture, int anchor, int cell, List<Truth> truths) {
        Truth nearest = null;
        var best = 0.0;
        for (var truth : truths) {
            var iou = iou(truth, picture, anchor, cell);
            if (iou > best) {
                best = iou;
                nearest = truth;
            }
        }
        if (best <= head.ignore()) {
            set(picture, anchor, OBJECTNESS, cell, map.logistic(picture, anchor, OBJECTNESS, cell));
        }
        if (nearest != null && best > head.certain()) learn(picture, anchor, cell, nearest);
    }

    private double iou(Truth truth, int picture, int anchor, int cell) {
        return truth.iou(boxes.x(picture, anchor, cell), boxes.y(picture, anchor, cell),
                boxes.width(picture, anchor, cell), boxes.height(picture, anchor, cell));
    }

    /// The anchor nearest in shape, if it is one of this scale's, learns the object.
    private void assign(int picture, Truth truth) {
        var anchor = head.mask().indexOf(nearest(truth));
        if (anchor < 0) return;
        var cell = (int) (truth.y() * map.size().height()) * map.size().width()
                + (int) (truth.x() * map.size().width());
        objects++;
        overlap += iou(truth, picture, anchor, cell);
        learn(picture, anchor, cell, truth);
    }

    private int nearest(Truth truth) {
        var best = 0;
        var bestIoU = -1.0;
        for (var i = 0; i < head.anchors().size(); i++) {
            var anchor = head.anchors().get(i);
            var iou = truth.iou(anchor.width() / boxes.input().width(), anchor.height() / boxes.input().height());
            if (iou > bestIoU) {
                bestIoU = iou;
                best = i;
            }
        }
        return best;
    }

    private void learn(int picture, int anchor, int cell, Truth truth) {
        var shape = head.anchor(anchor);
        var weight = truth.weight();
        set(picture, anchor, X, cell, weight * (boxes.within(picture, anchor, X, cell)
                - (truth.x() * map.size().width() - map.column(cell))));
        set(picture, anchor, Y, cell, weight * (boxes.within(picture, anchor, Y, cell)
                - (truth.y() * map.size().height() - map.row(cell))));
        set(picture, anchor, WIDTH, cell, weight * (map.at(picture, anchor, WIDTH, cell)
                - Math.log(truth.width() * boxes.input().width() / shape.width())));
        set(picture, anchor, HEIGHT, cell, weight * (map.at(picture, anchor, HEIGHT, cell)
                - Math.log(truth.height() * boxes.input().height() / shape.height())));
        set(picture, anchor, OBJECTNESS, cell, map.logistic(picture, anchor, OBJECTNESS, cell) - 1);
        classes(picture, anchor, cell, truth.label());
    }

    /// Where a second object falls on the same anchor and cell, its class joins that of the first.
    private void classes(int picture, int anchor, int cell, int label) {
        var joins = gradient[map.index(picture, anchor, CLASS, cell)] != 0;
        for (var k = 0; k < head.classes(); k++) {
            if (joins && k != label) continue;
            set(picture, anchor, CLASS + k, cell,
                    map.logistic(picture, anchor, CLASS + k, cell) - (k == label ? 1 : 0));
        }
    }

    private void set(int picture, int anchor, int entry, int cell, double value) {
        gradient[map.index(picture, anchor, entry, cell)] = (float) value;
    }
}
