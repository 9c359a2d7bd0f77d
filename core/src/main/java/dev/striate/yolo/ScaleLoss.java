package dev.striate.yolo;

import static dev.striate.yolo.AnchorMap.CLASS;
import static dev.striate.yolo.AnchorMap.HEIGHT;
import static dev.striate.yolo.AnchorMap.OBJECTNESS;
import static dev.striate.yolo.AnchorMap.X;

import java.util.List;

/// What a batch costs a scale of YOLO v3: binary cross entropy for objectness, classes and centres, half squared errors for
/// the logarithms of width and height, of the anchor whose shape is nearest an object's, in the cell of its centre.
final class ScaleLoss {
    private final ScaleHead head;
    private final AnchorBoxes boxes;
    private final AnchorMap map;
    private final float[] gradient;
    private int objects;
    private double overlap;

    ScaleLoss(ScaleHead head, AnchorBoxes boxes) {
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
        return HeadLoss.of(gradient, objects, overlap);
    }

    /// No object, unless the box overlaps one well enough.
    private void background(int picture, int anchor, int cell, List<Truth> truths) {
        Truth nearest = null;
        var best = 0.0;
        if (!truths.isEmpty()) {
            var box = boxes.box(picture, anchor, cell);
            for (var truth : truths) {
                var iou = truth.iou(box);
                if (iou > best) {
                    best = iou;
                    nearest = truth;
                }
            }
        }
        if (best <= head.ignore()) {
            set(picture, anchor, OBJECTNESS, cell, map.logistic(picture, anchor, OBJECTNESS, cell));
        }
        if (nearest != null && best > head.certain()) learn(picture, anchor, cell, nearest);
    }

    /// The anchor nearest in shape, if it is one of this scale's, learns the object.
    private void assign(int picture, Truth truth) {
        var anchor = head.mask().indexOf(nearest(truth));
        if (anchor < 0) return;
        var cell = boxes.cell(truth);
        objects++;
        overlap += truth.iou(boxes.box(picture, anchor, cell));
        learn(picture, anchor, cell, truth);
    }

    private int nearest(Truth truth) {
        var best = 0;
        var bestIoU = -1.0;
        for (var i = 0; i < head.anchors().size(); i++) {
            var iou = boxes.iou(truth, head.anchors().get(i));
            if (iou > bestIoU) {
                bestIoU = iou;
                best = i;
            }
        }
        return best;
    }

    private void learn(int picture, int anchor, int cell, Truth truth) {
        var errors = boxes.errors(picture, anchor, cell, truth);
        for (var entry = X; entry <= HEIGHT; entry++) {
            set(picture, anchor, entry, cell, truth.weight() * errors[entry]);
        }
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
