package dev.striate.measure;

import dev.striate.StriateException;
import dev.striate.detect.Detection;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How well boxes were found, by the rules of PASCAL VOC, COCO and Darknet side by side: pictures are added one by one, and
/// kept until they are measured.
///
/// A class of which a rule counts no object has no figure and counts in no mean; detections of it cost nothing. What was
/// suppressed as repeated is the detector's affair: every detection that is added counts.
///
/// `docs/average-precision.md` says what the rules are and why they differ.
public final class AveragePrecision {
    /// Whose average precision.
    public enum Rule {
        /// Overlap from 0.5, precision at 11 recalls (Everingham et al. 2010, §4.2).
        VOC_2007,
        /// The same with the area under the curve, VOC's from 2010 on.
        VOC_2010,
        /// The mean over overlaps from 0.50 to 0.95 of the precision at 101 recalls (pycocotools' AP).
        COCO,
        /// The same for the overlap 0.5 alone (pycocotools' AP50).
        COCO_50,
        /// Overlap above 0.5, scores above 0.005, the area under the curve: `darknet detector map`.
        DARKNET,
        /// The same with 11 recalls: `darknet detector map … -points 11`.
        DARKNET_11
    }

    /// What COCO's rule takes difficult objects for.
    public enum Difficult {
        /// Objects like others: what VOC's sets become in COCO's format.
        ORDINARY,
        /// Crowds: a detection that lies in one counts for nothing, however many do. What COCO's own sets mark.
        CROWD
    }

    private final List<List<ClassInPicture>> found; // by class
    private final Difficult difficult;

    /// For this many classes, where COCO's rule takes difficult objects for ordinary ones.
    public AveragePrecision(int classes) {
        this(classes, Difficult.ORDINARY);
    }

    public AveragePrecision(int classes, Difficult difficult) {
        if (classes < 1) throw new StriateException("At least one class was expected; received " + classes + ".");
        found = Stream.<List<ClassInPicture>>generate(ArrayList::new).limit(classes).toList();
        this.difficult = difficult;
    }

    /// Adds a picture: what is in it, which may be nothing, and what was found, in any order. Of equal scores the first
    /// counts as the higher.
    public void add(Target.Objects truth, List<Detection> detections) {
        truth.boxes().forEach(object -> within(object.label(), "an object"));
        detections.forEach(detection -> within(detection.label(), "a detection"));
        var best = detections.stream().sorted(Comparator.comparingDouble(Detection::score).reversed()).toList();
        IntStream.concat(truth.boxes().stream().mapToInt(LabelledBox::label),
                best.stream().mapToInt(Detection::label)).distinct()
                .forEach(label -> found.get(label).add(ClassInPicture.of(label, truth, best)));
    }

    private void within(int label, String what) {
        if (label < 0 || label >= classes()) {
            throw new StriateException("Classes from 0 to " + (classes() - 1) + " were expected; " + what
                    + " has the class " + label + ".");
        }
    }

    public int classes() {
        return found.size();
    }

    /// The average precision of a class, from 0 to 1; empty where the rule counts no object of it.
    public OptionalDouble of(Rule rule, int label) {
        return switch (rule) {
            case VOC_2007 -> figure(curve(rule, label).map(PrecisionRecall::atElevenRecalls));
            case DARKNET_11 -> figure(curve(rule, label).map(PrecisionRecall::atElevenRoundedRecalls));
            case VOC_2010, DARKNET -> figure(curve(rule, label).map(PrecisionRecall::area));
            case COCO -> coco(CocoFigure.AP, label);
            case COCO_50 -> coco(CocoFigure.AP_50, label);
        };
    }

    /// The mean over the classes that have a figure; 0 where none has.
    public double mean(Rule rule) {
        return mean(label -> of(rule, label)).orElse(0);
    }

    /// One of pycocotools' figures of a class; empty where there is no object of the class and size.
    public OptionalDouble coco(CocoFigure figure, int label) {
        var pictures = found.get(label);
        var crowds = difficult == Difficult.CROWD;
        return figure.overlaps()
                .mapToObj(iou -> new CocoMatching(iou, figure.size(), figure.mostDetections(), crowds).curve(pictures))
                .flatMap(Optional::stream).mapToDouble(figure::of).average();
    }

    /// The mean over the classes that have the figure, as pycocotools shows it (it shows −1 where this is empty).
    public OptionalDouble coco(CocoFigure figure) {
        return mean(label -> coco(figure, label));
    }

    /// Recall and precision of a class as its score falls, at an overlap of 0.5; empty where the rule counts no object
    /// of it.
    public Optional<PrecisionRecall> curve(Rule rule, int label) {
        return matching(rule).curve(found.get(label));
    }

    private Matching matching(Rule rule) {
        return switch (rule) {
            case VOC_2007, VOC_2010 -> new VocMatching();
            case COCO, COCO_50 -> new CocoMatching(CocoFigure.LOWEST_OVERLAP, CocoFigure.Size.ALL,
                    CocoFigure.MOST_DETECTIONS, difficult == Difficult.CROWD);
            case DARKNET, DARKNET_11 -> new DarknetMatching();
        };
    }

    private OptionalDouble mean(IntFunction<OptionalDouble> figure) {
        return IntStream.range(0, classes()).mapToObj(figure).flatMapToDouble(OptionalDouble::stream).average();
    }

    private static OptionalDouble figure(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
