package dev.striate.measure;

import dev.striate.box.Box;
import dev.striate.target.Target.LabelledBox;
import java.util.List;
import java.util.OptionalInt;

/// Darknet's rule (`detector map`): of detections above a score of 0.005, each belongs to the object of its class that it
/// overlaps most, by more than 0.5; the first is right, others are wrong. Difficult objects, which Darknet has in a list
/// of their own, are looked at last: a detection on one counts for nothing.
record DarknetMatching() implements Matching {
    private static final double OVERLAP = 0.5;
    private static final double LOWEST_SCORE = 0.005;

    @Override
    public void match(ClassInPicture picture, Outcomes outcomes) {
        var ordinary = picture.truths().stream().filter(truth -> !truth.difficult()).toList();
        var difficult = picture.truths().stream().filter(LabelledBox::difficult).toList();
        ordinary.forEach(_ -> outcomes.object());
        var taken = new boolean[ordinary.size()];
        for (var detection : picture.detections()) {
            if (detection.score() <= LOWEST_SCORE) break; // the others are no higher
            var most = most(detection.box(), ordinary);
            if (most.isPresent()) {
                outcomes.detection(detection.score(), !taken[most.getAsInt()]);
                taken[most.getAsInt()] = true;
            } else if (most(detection.box(), difficult).isEmpty()) outcomes.detection(detection.score(), false);
        }
    }

    private static OptionalInt most(Box box, List<LabelledBox> truths) {
        var most = OptionalInt.empty();
        var overlap = OVERLAP;
        for (var i = 0; i < truths.size(); i++) {
            var here = box.iou(truths.get(i).box());
            if (here > overlap) {
                overlap = here;
                most = OptionalInt.of(i);
            }
        }
        return most;
    }
}
