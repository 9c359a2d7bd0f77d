package dev.striate.measure;

import dev.striate.box.Box;
import dev.striate.target.Target.LabelledBox;
import java.util.Comparator;
import java.util.List;

/// COCO's rule (Lin et al. 2014; pycocotools' `evaluateImg`): from the best on, a detection takes the free object of its
/// class that it overlaps most, from the threshold on, and of equal ones the last. Objects of another size and crowds are
/// ignored: they are taken only where no other is, and such a detection counts for nothing. Crowds stay free. A detection
/// without an object is wrong if it is of the size itself.
///
/// The size of an object is its box's area, as in sets that have no outlines.
record CocoMatching(double overlap, CocoFigure.Size size, int mostDetections,
        boolean crowds) implements Matching {
    /// pycocotools' bound for thresholds: a perfect overlap counts for a threshold of 1 though rounding spoils it.
    private static final double PERFECT = 1 - 1e-10;

    @Override
    public void match(ClassInPicture picture, Outcomes outcomes) {
        var truths = picture.truths().stream().sorted(Comparator.comparing(this::isIgnored)).toList();
        truths.stream().filter(truth -> !isIgnored(truth)).forEach(_ -> outcomes.object());
        var taken = new boolean[truths.size()];
        for (var detection : picture.detections().subList(0, Math.min(mostDetections, picture.detections().size()))) {
            var match = match(detection.box(), truths, taken);
            if (match >= 0) taken[match] = true;
            if (match >= 0 ? !isIgnored(truths.get(match)) : size.holds(detection.box())) {
                outcomes.detection(detection.score(), match >= 0);
            }
        }
    }

    private int match(Box box, List<LabelledBox> truths, boolean[] taken) {
        var match = -1;
        var most = Math.min(overlap, PERFECT);
        for (var i = 0; i < taken.length; i++) {
            var truth = truths.get(i);
            if (taken[i] && !isCrowd(truth)) continue;
            if (match >= 0 && !isIgnored(truths.get(match)) && isIgnored(truth)) break;
            var here = overlap(box, truth);
            if (here >= most) {
                most = here;
                match = i;
            }
        }
        return match;
    }

    private boolean isCrowd(LabelledBox truth) {
        return crowds && truth.difficult();
    }

    private boolean isIgnored(LabelledBox truth) {
        return isCrowd(truth) || !size.holds(truth.box());
    }

    /// Intersection over union; with a crowd, over the detection alone.
    private double overlap(Box box, LabelledBox truth) {
        if (!isCrowd(truth)) return box.iou(truth.box());
        return box.area() == 0 ? 0 : box.intersection(truth.box()) / box.area();
    }
}
