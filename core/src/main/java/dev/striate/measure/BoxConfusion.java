package dev.striate.measure;

import dev.striate.StriateException;
import dev.striate.detect.Detection;
import dev.striate.target.Target;
import java.util.Comparator;
import java.util.List;

/// How often objects of one class were found as another, missed, or found where nothing is.
///
/// Of detections from a score on, the best first, each takes the free object that it overlaps most, whatever the class, from
/// an overlap on. What takes no object was found in the background; an object that is not taken is missed, taken for
/// background. A difficult object is taken where no other can be; it and what takes it count for nothing.
///
/// @param counts (classes + 1) × (classes + 1), the truth in rows, the background last
/// @param iou the least overlap
/// @param score the least score
public record BoxConfusion(long[][] counts, double iou, double score) {
    private static final double USUAL_IOU = 0.5;

    /// Without any picture, for overlaps from 0.5 and this least score.
    public static BoxConfusion empty(int classes, double score) {
        return empty(classes, USUAL_IOU, score);
    }

    public static BoxConfusion empty(int classes, double iou, double score) {
        return new BoxConfusion(new long[classes + 1][classes + 1], iou, score);
    }

    /// The row and column of what is no object.
    public int background() {
        return counts.length - 1;
    }

    /// How many objects were missed, taken for others, or found where nothing is.
    public int mistakes() {
        var sum = 0L;
        for (var row = 0; row < counts.length; row++) {
            for (var column = 0; column < counts.length; column++) if (row != column) sum += counts[row][column];
        }
        return Math.toIntExact(sum);
    }

    /// Counts the objects of a picture, which may have none, and what was found in it.
    public void add(Target.Objects truth, List<Detection> detections) {
        truth.boxes().forEach(object -> within(object.label(), "an object"));
        detections.forEach(detection -> within(detection.label(), "a detection"));
        var taken = new boolean[truth.boxes().size()];
        detections.stream().filter(detection -> detection.score() >= score)
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .forEach(detection -> count(detection, truth, taken));
        for (var i = 0; i < taken.length; i++) {
            var object = truth.boxes().get(i);
            if (!taken[i] && !object.difficult()) counts[object.label()][background()]++;
        }
    }

    private void count(Detection detection, Target.Objects truth, boolean[] taken) {
        var match = match(detection, truth, taken, false);
        if (match < 0) match = match(detection, truth, taken, true);
        if (match < 0) {
            counts[background()][detection.label()]++;
            return;
        }
        taken[match] = true;
        var object = truth.boxes().get(match);
        if (!object.difficult()) counts[object.label()][detection.label()]++;
    }

    private int match(Detection detection, Target.Objects truth, boolean[] taken, boolean difficult) {
        var match = -1;
        var most = 0.0;
        for (var i = 0; i < taken.length; i++) {
            var object = truth.boxes().get(i);
            var here = object.box().iou(detection.box());
            if (!taken[i] && object.difficult() == difficult && here >= iou && here > most) {
                most = here;
                match = i;
            }
        }
        return match;
    }

    private void within(int label, String what) {
        if (label >= 0 && label < background()) return;
        throw new StriateException("Classes from 0 to " + (background() - 1) + " were expected; " + what
                + " has the class " + label + ".");
    }
}
