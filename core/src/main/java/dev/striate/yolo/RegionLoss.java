package dev.striate.yolo;

import static dev.striate.yolo.AnchorMap.CLASS;
import static dev.striate.yolo.AnchorMap.HEIGHT;
import static dev.striate.yolo.AnchorMap.OBJECTNESS;
import static dev.striate.yolo.AnchorMap.WIDTH;
import static dev.striate.yolo.AnchorMap.X;
import static dev.striate.yolo.AnchorMap.Y;

import java.util.Arrays;
import java.util.List;

/// What a batch costs YOLO v2's output: half squared errors of objectness and boxes, cross entropy of classes, for the anchor
/// that answers for an object in the cell of its centre. While training is young, all boxes are drawn to their anchors.
final class RegionLoss {
    /// How many pictures long.
    private static final long YOUNG = 12_800;
    private static final double PULL = 0.01;
    /// The overlap that a box without a truth is taken to have.
    private static final double ASSUMED = 0.3;
    /// How sure the parts of an object are at least, beside the surest.
    private static final double NEARLY = 0.1;

    private final RegionHead head;
    private final AnchorBoxes boxes;
    private final RegionBoxes classes;
    private final AnchorMap map;
    private final boolean isYoung;
    private final float[] activated;
    private int objects;
    private double overlap;

    RegionLoss(RegionHead head, AnchorBoxes boxes, long seen) {
        this.head = head;
        this.boxes = boxes;
        classes = new RegionBoxes(head, boxes);
        map = boxes.map();
        isYoung = seen < YOUNG;
        activated = new float[map.values().length];
    }

    HeadLoss of(List<Truths> truths) {
        for (var picture = 0; picture < truths.size(); picture++) {
            switch (truths.get(picture)) {
                case Truths.Objects(var objects) -> boxed(picture, objects);
                case Truths.Label(var label) -> unboxed(picture, label);
            }
        }
        return new HeadLoss(HeadLoss.squares(activated), raw(truths.size()), objects, overlap);
    }

    private void boxed(int picture, List<Truth> truths) {
        for (var anchor = 0; anchor < map.anchors(); anchor++) {
            for (var cell = 0; cell < map.cells(); cell++) background(picture, anchor, cell, truths);
        }
        for (var truth : truths) assign(picture, truth);
    }

    /// The prediction that is surest of the class learns it, and counts as overlapping an object by .3 (§4, "Joint classification
    /// and detection"); nothing else is known. Darknet's code computes this objectness and then sets it to 0.
    ///
    /// By the class above it is the whole of what is surest of that one, and its parts learn that they are no objects.
    private void unboxed(int picture, int label) {
        var path = head.tree().path(label);
        if (!head.labelsByParent()) {
            unboxed(picture, label, new SurePredictions(classes, picture, path, 1).surest());
            return;
        }
        var sure = new SurePredictions(classes, picture, Arrays.copyOf(path, path.length - 1), NEARLY);
        var whole = sure.whole();
        for (var part : sure.partsOf(whole)) noObject(picture, part.anchor(), part.cell());
        unboxed(picture, label, whole);
    }

    private void unboxed(int picture, int label, SurePredictions.Prediction taught) {
        learn(picture, taught.anchor(), taught.cell(), label);
        var objectness = boxes.objectness(picture, taught.anchor(), taught.cell());
        if (objectness < ASSUMED) {
            set(picture, taught.anchor(), OBJECTNESS, taught.cell(), head.scales().object() * (objectness - ASSUMED));
        }
    }

    private void noObject(int picture, int anchor, int cell) {
        set(picture, anchor, OBJECTNESS, cell, head.scales().noObject() * boxes.objectness(picture, anchor, cell));
    }

    /// Cross entropy of a class and of those above it, each among its siblings.
    private void learn(int picture, int anchor, int cell, int label) {
        var shares = classes.classes(picture, anchor, cell);
        for (var own : head.tree().path(label)) {
            for (var k : head.tree().siblings(own)) {
                set(picture, anchor, CLASS + k, cell, head.scales().classes() * (shares[k] - (k == own ? 1 : 0)));
            }
        }
    }

    private void background(int picture, int anchor, int cell, List<Truth> truths) {
        var best = 0.0;
        if (!truths.isEmpty()) {
            var box = boxes.box(picture, anchor, cell);
            for (var truth : truths) best = Math.max(best, truth.iou(box));
        }
        if (best <= head.background()) noObject(picture, anchor, cell);
        if (isYoung) toAnchor(picture, anchor, cell);
    }

    /// Draws a box to the middle of its cell and its anchor's shape.
    private void toAnchor(int picture, int anchor, int cell) {
        set(picture, anchor, X, cell, PULL * (map.logistic(picture, anchor, X, cell) - 0.5));
        set(picture, anchor, Y, cell, PULL * (map.logistic(picture, anchor, Y, cell) - 0.5));
        set(picture, anchor, WIDTH, cell, PULL * map.at(picture, anchor, WIDTH, cell));
        set(picture, anchor, HEIGHT, cell, PULL * map.at(picture, anchor, HEIGHT, cell));
    }

    private void assign(int picture, Truth truth) {
        var cell = boxes.cell(truth);
        var anchor = nearest(picture, cell, truth);
        var iou = truth.iou(boxes.box(picture, anchor, cell));
        var weight = head.scales().coordinates() * truth.weight();
        var errors = boxes.errors(picture, anchor, cell, truth);
        for (var entry = X; entry <= HEIGHT; entry++) set(picture, anchor, entry, cell, weight * errors[entry]);
        set(picture, anchor, OBJECTNESS, cell, head.scales().object()
                * (map.logistic(picture, anchor, OBJECTNESS, cell) - (head.rescore() ? iou : 1)));
        learn(picture, anchor, cell, truth.label());
        objects++;
        overlap += iou;
    }

    private int nearest(int picture, int cell, Truth truth) {
        var best = 0;
        var bestIoU = 0.0;
        for (var i = 0; i < head.anchors().size(); i++) {
            var iou = head.byShape() ? boxes.iou(truth, head.anchors().get(i))
                    : ofShapes(truth, boxes.box(picture, i, cell));
            if (iou > bestIoU) {
                bestIoU = iou;
                best = i;
            }
        }
        return best;
    }

    private static double ofShapes(Truth truth, Located box) {
        return truth.iou(box.width(), box.height());
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
