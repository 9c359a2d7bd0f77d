package dev.striate.yolo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The predictions of a picture that has a class and no box, which may be of its object: the surest of the class, and those
/// nearly as sure.
final class SurePredictions {
    /// A part lies to so much in the object, and overlaps it by less than that.
    private static final double WITHIN = 0.7;
    private static final double OVERLAP = 0.5;

    private final List<Prediction> predictions = new ArrayList<>();

    /// @param sureness that there is an object, and that it is of the class, from 0 to 1
    record Prediction(int anchor, int cell, double sureness, Located box) {}

    /// @param path the classes from a root on that a prediction has to be sure of; none for any object
    /// @param share how sure the others are at least, beside the surest: 1 for none but it
    SurePredictions(RegionBoxes predicted, int picture, int[] path, double share) {
        var all = new ArrayList<Prediction>();
        var boxes = predicted.boxes();
        var most = 0.0;
        for (var anchor = 0; anchor < boxes.map().anchors(); anchor++) {
            for (var cell = 0; cell < boxes.map().cells(); cell++) {
                var objectness = boxes.objectness(picture, anchor, cell);
                // No probability is above its objectness.
                if (objectness < share * most) continue;
                var sureness = objectness * predicted.probability(picture, anchor, cell, path);
                most = Math.max(most, sureness);
                all.add(new Prediction(anchor, cell, sureness, boxes.box(picture, anchor, cell)));
            }
        }
        for (var each : all) if (each.sureness() >= share * most) predictions.add(each);
    }

    Prediction surest() {
        return most(Prediction::sureness);
    }

    /// The surest, each counted with what lies in its box of others, by how sure they are: the whole of an object rather than
    /// its parts.
    Prediction whole() {
        return most(one -> one.sureness() * predictions.stream()
                .mapToDouble(other -> other.sureness() * Overlap.within(other.box(), one.box())).sum());
    }

    /// The predictions of parts of it, which are no objects of their own.
    List<Prediction> partsOf(Prediction whole) {
        return predictions.stream().filter(each -> each != whole && Overlap.within(each.box(), whole.box()) > WITHIN
                && Overlap.iou(each.box(), whole.box()) < OVERLAP).toList();
    }

    private Prediction most(ToDoubleFunction<Prediction> value) {
        var best = predictions.getFirst();
        var most = value.applyAsDouble(best);
        for (var each : predictions) {
            var its = value.applyAsDouble(each);
            if (its > most) {
                most = its;
                best = each;
            }
        }
        return best;
    }
}
