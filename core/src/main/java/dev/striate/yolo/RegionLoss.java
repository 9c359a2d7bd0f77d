package dev.striate.yolo;

import static dev.striate.yolo.AnchorMap.CLASS;
import static dev.striate.yolo.AnchorMap.HEIGHT;
import static dev.striate.yolo.AnchorMap.OBJECTNESS;
import static dev.striate.yolo.AnchorMap.WIDTH;
import static dev.striate.yolo.AnchorMap.X;
import static dev.striate.yolo.AnchorMap.Y;

import java.util.List;

/// What a batch costs YOLO v2's output: half squared errors of objectness and boxes, cross entropy of classes, for the anchor
/// that answers for an object in the cell of its centre. While training is young, all boxes are drawn to their anchors.
final class RegionLoss {
    /// How many pictures long.
    private static final long YOUNG = 12_800;
    private static final double PULL = 0.01;

    private final RegionHead head;
    private final RegionHead.Boxes boxes;
    private final AnchorMap map;
    private final boolean isYoung;
    private final float[] activated;
    private int objects;
    private double overlap;

    RegionLoss(RegionHead head, RegionHead.Boxes boxes, long seen) {
        this.head = head;
        this.boxes = boxes;
        map = boxes.map();
        isYoung = seen < YOUNG;
        activated = new float[map.values().length];
    }

    HeadLoss of(List<List<Truth>> truths) {
        for (var picture = 0; picture < truths.size(); picture++) {
            for (var anchor = 0; anchor < map.anchors(); anchor++) {
                for (var cell = 0; cell < map.cells(); cell++) background(picture, anchor, cell, truths.get(picture));
            }
            for (var truth : truths.get(picture)) assign(picture, truth);
        }
        return new HeadLoss(ScaleLoss.squares(activated), raw(truths.size()), objects, overlap);
    }

    private void background(int picture, int anchor, int cell, List<Truth> truths) {
        var best = 0.0;
        for (var truth : truths) best = Math.max(best, iou(truth, picture, anchor, cell));
        if (best <= head.background()) {
            set(picture, anchor, OBJECTNESS, cell,
                    head.scales().noObject() * map.logistic(picture, anchor, OBJECTNESS, cell));
        }
        if (isYoung) toAnchor(picture, anchor, cell);
    }

    /// Draws a box to the middle of its cell and its anchor's shape.
    private void toAnchor(int picture, int anchor, int cell) {
        set(picture, anchor, X, cell, PULL * (map.logistic(picture, anchor, X, cell) - 0.5));
        set(picture, anchor, Y, cell, PULL * (map.logistic(picture, anchor, Y, cell) - 0.5));
        set(picture, anchor, WIDTH, cell, PULL * map.at(picture, anchor, WIDTH, cell));
        set(picture, anchor, HEIGHT, cell, PULL * map.at(picture, anchor, HEIGHT, cell));
    }

    private double iou(Truth truth, int picture, int anchor, int cell) {
        return truth.iou(boxes.x(picture, anchor, cell), boxes.y(picture, anchor, cell),
                boxes.width(picture, anchor, cell), boxes.height(picture, anchor, cell));
    }

    private void assign(int picture, Truth truth) {
        var size = map.size();
        var cell = (int) (truth.y() * size.height()) * size.width() + (int) (truth.x() * size.width());
        var anchor = nearest(picture, cell, truth);
        var shape = head.anchors().get(anchor);
        var iou = iou(truth, picture, anchor, cell);
        var weight = head.scales().coordinates() * truth.weight();
        set(picture, anchor, X, cell, weight * (map.logistic(picture, anchor, X, cell)
                - (truth.x() * size.width() - map.column(cell))));
        set(picture, anchor, Y, cell, weight * (map.logistic(picture, anchor, Y, cell)
                - (truth.y() * size.height() - map.row(cell))));
        set(picture, anchor, WIDTH, cell, weight * (map.at(picture, anchor, WIDTH, cell)
                - Math.log(truth.width() * size.width() / shape.width())));
        set(picture, anchor, HEIGHT, cell, weight * (map.at(picture, anchor, HEIGHT, cell)
                - Math.log(truth.height() * size.height() / shape.height())));
        set(picture, anchor, OBJECTNESS, cell, head.scales().object()
                * (map.logistic(picture, anchor, OBJECTNESS, cell) - (head.rescore() ? iou : 1)));
        var shares = boxes.classes(picture, anchor, cell);
        for (var k = 0; k < head.classes(); k++) {
            set(picture, anchor, CLASS + k, cell,
                    head.scales().classes() * (shares[k] - (k == truth.label() ? 1 : 0)));
        }
        objects++;
        overlap += iou;
    }

    private int nearest(int picture, int cell, Truth truth) {
        var best = 0;
        var bestIoU = 0.0;
        for (var i = 0; i < head.anchors().size(); i++) {
            var shape = head.anchors().get(i);
            var iou = head.byShape()
                    ? truth.iou(shape.width() / map.size().width(), shape.height() / map.size().height())
                    : truth.iou(boxes.width(picture, i, cell), boxes.height(picture, i, cell));
            if (iou > bestIoU) {
                bestIoU = iou;
                best = i;
            }
        }
        return best;
    }

    private void set(int picture, int anchor, int entry, int cell, double value) {
        activated[map.index(picture, anchor, entry, cell)] = (float) value;
    }

    /// The gradient before the logistic functions of centre and objectness.
    private float[] raw(int pictures) {
        var gradient = activated.clone();
        for (var picture = 0; picture < pictures; picture++) {
            for (var anchor = 0; anchor < map.anchors(); anchor++) {
                for (var entry : new int[] { X, Y, OBJECTNESS }) {
                    for (var cell = 0; cell < map.cells(); cell++) {
                        var y = map.logistic(picture, anchor, entry, cell);
                        gradient[map.index(picture, anchor, entry, cell)] *= (float) (y * (1 - y));
                    }
                }
            }
        }
        return gradient;
    }
}
