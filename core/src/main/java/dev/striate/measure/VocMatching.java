package dev.striate.measure;

import dev.striate.box.Box;
import dev.striate.target.Target.LabelledBox;

/// PASCAL VOC's rule (Everingham et al. 2010, §4.2; the development kit's `VOCevaldet`): a detection belongs to the object of
/// its class that it overlaps most, whether that is taken or not. From an overlap of 0.5 the first is right and others
/// are wrong; where the object is difficult, they count for nothing.
record VocMatching() implements Matching {
    private static final double OVERLAP = 0.5;

    @Override
    public void match(ClassInPicture picture, Outcomes outcomes) {
        var truths = picture.truths();
        truths.stream().filter(truth -> !truth.difficult()).forEach(_ -> outcomes.object());
        var taken = new boolean[truths.size()];
        for (var detection : picture.detections()) {
            var most = -1;
            var overlap = 0.0;
            for (var i = 0; i < taken.length; i++) {
                var here = overlap(detection.box(), truths.get(i));
                if (here > overlap) {
                    overlap = here;
                    most = i;
                }
            }
            if (overlap < OVERLAP) outcomes.detection(detection.score(), false);
            else if (!truths.get(most).difficult()) {
                outcomes.detection(detection.score(), !taken[most]);
                taken[most] = true;
            }
        }
    }

    /// VOC's corners are pixels, both inside: what lies from edge to edge of l, t, r, b is l, t, r − 1, b − 1 there,
    /// whatever the first pixel's number. Its widths count one more than the difference: `(r − 1) − l + 1 = r − l`, and so
    /// does the width that two boxes share. So the overlap is the one between edges.
    private static double overlap(Box box, LabelledBox truth) {
        return box.iou(truth.box());
    }
}
