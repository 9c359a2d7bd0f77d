package dev.striate.yolo;

import dev.striate.graph.Size;
import java.util.Arrays;
import java.util.List;

/// What a batch costs YOLO v1's output (Redmon et al. 2016, §2.2): half squared errors of classes, confidences and boxes, of
/// the box that overlaps an object best in the cell of its centre. A cell keeps the first object that falls in it.
final class GridLoss {
    /// Of boxes without overlap, one further off than this never answers.
    private static final double FARTHEST = 20;

    private final GridHead head;
    private final float[] values;
    private final float[] gradient;
    private int objects;
    private double overlap;

    GridLoss(GridHead head, float[] values) {
        this.head = head;
        this.values = values;
        gradient = new float[values.length];
    }

    HeadLoss of(List<List<Truth>> truths) {
        for (var picture = 0; picture < truths.size(); picture++) {
            for (var cell = 0; cell < head.cells(); cell++) {
                for (var box = 0; box < head.boxes(); box++) {
                    var at = head.confidenceAt(picture, cell, box);
                    gradient[at] = (float) (head.scales().noObject() * values[at]);
                }
            }
            var owners = new Truth[head.cells()];
            for (var truth : truths.get(picture)) {
                var cell = truth.cell(Size.square(head.side()));
                if (owners[cell] == null) owners[cell] = truth;
            }
            for (var cell = 0; cell < owners.length; cell++) {
                if (owners[cell] != null) learn(picture, cell, owners[cell]);
            }
        }
        return HeadLoss.of(gradient, objects, overlap);
    }

    private void learn(int picture, int cell, Truth truth) {
        var shares = head.shares(values, picture, cell);
        for (var k = 0; k < head.classes(); k++) {
            gradient[head.classAt(picture, cell) + k] = (float) (head.scales().classes()
                    * (shares[k] - (k == truth.label() ? 1 : 0)));
        }
        var x = truth.x() * head.side() - cell % head.side();
        var y = truth.y() * head.side() - cell / head.side();
        var box = nearest(picture, cell, truth, x, y);
        var iou = iou(head.boxAt(picture, cell, box), truth, x, y);
        var confidence = head.confidenceAt(picture, cell, box);
        gradient[confidence] = (float) (head.scales().object() * (values[confidence] - (head.rescore() ? iou : 1)));
        var at = head.boxAt(picture, cell, box);
        var target = new double[] { x, y, root(truth.width()), root(truth.height()) };
        for (var i = 0; i < target.length; i++) {
            gradient[at + i] = (float) (head.scales().coordinates() * (values[at + i] - target[i]));
        }
        objects++;
        overlap += iou;
    }

    private double root(double side) {
        return head.roots() ? Math.sqrt(side) : side;
    }

    /// The box that overlaps best or, where none does, the one least far.
    private int nearest(int picture, int cell, Truth truth, double x, double y) {
        var ious = new double[head.boxes()];
        for (var box = 0; box < ious.length; box++) ious[box] = iou(head.boxAt(picture, cell, box), truth, x, y);
        var anyOverlaps = Arrays.stream(ious).anyMatch(iou -> iou > 0);
        var best = 0;
        var least = anyOverlaps ? 0 : FARTHEST;
        for (var box = 0; box < ious.length; box++) {
            var distance = anyOverlaps ? -ious[box] : distance(head.boxAt(picture, cell, box), truth, x, y);
            if (distance >= least) continue;
            least = distance;
            best = box;
        }
        return best;
    }

    /// Darknet compares centres within the cell, as shares of the picture.
    private double iou(int at, Truth truth, double x, double y) {
        return Overlap.iou(x / head.side(), y / head.side(), truth.width(), truth.height(),
                values[at] / (double) head.side(), values[at + 1] / (double) head.side(), head.side(values[at + 2]),
                head.side(values[at + 3]));
    }

    private double distance(int at, Truth truth, double x, double y) {
        return Math.hypot(
                Math.hypot((x - values[at]) / head.side(), (y - values[at + 1]) / head.side()),
                Math.hypot(truth.width() - head.side(values[at + 2]), truth.height() - head.side(values[at + 3])));
    }
}
