package dev.striate.vision.detect;

import dev.striate.detect.Detection;
import dev.striate.detect.NonMaximumSuppression;
import dev.striate.measure.AveragePrecision;
import dev.striate.measure.AveragePrecision.Rule;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.tree.ClassTree;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Average precision, by VOC's rule of 2010, of classes that are kinds of one another: an object counts for its class and
/// all above it, and so does what was found. Of boxes that overlap and then have one class only the surest counts.
public final class TreePrecision {
    private final ClassTree tree;
    private final AveragePrecision precision;

    TreePrecision(ClassTree tree) {
        this.tree = tree;
        precision = new AveragePrecision(tree.size());
    }

    void add(Target.Objects truth, List<Detection> found) {
        var objects = truth.boxes().stream().flatMap(this::above).toList();
        var detections = found.stream().flatMap(this::above).toList();
        precision.add(new Target.Objects(objects),
                NonMaximumSuppression.of(detections, Thresholds.DEFAULT.overlap()));
    }

    private Stream<LabelledBox> above(LabelledBox object) {
        return Arrays.stream(tree.path(object.label()))
                .mapToObj(k -> new LabelledBox(object.box(), k, object.difficult()));
    }

    private Stream<Detection> above(Detection found) {
        return Arrays.stream(tree.path(found.label())).mapToObj(k -> new Detection(found.box(), k, found.score()));
    }

    /// The average precision of a class with all below it; empty where there is no object of it.
    public OptionalDouble of(int label) {
        return precision.of(Rule.VOC_2010, label);
    }

    /// The mean over the classes at a depth, 0 for the roots, that have objects.
    public OptionalDouble mean(int depth) {
        return IntStream.range(0, tree.size()).filter(k -> tree.depth(k) == depth).mapToObj(this::of)
                .flatMapToDouble(OptionalDouble::stream).average();
    }

    /// The depth of the deepest class.
    public int deepest() {
        return tree.deepest();
    }
}
