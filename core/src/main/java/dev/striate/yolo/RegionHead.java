package dev.striate.yolo;

import dev.striate.StriateException;
import dev.striate.detect.BoxSize;
import dev.striate.graph.Size;
import dev.striate.tree.ClassTree;
import java.util.List;
import java.util.OptionalDouble;

/// YOLO v2's output (Redmon and Farhadi 2017, §2): for each cell and anchor a logistic objectness, a softmax over classes,
/// and a box of `x = σ(t_x) + c_x`, `w = p_w e^(t_w)`. Where classes are kinds of one another the softmax is among siblings
/// (§4), and what is found is the class where the descent of the tree ends, with the objectness as its score.
///
/// @param anchors in cells of the map
/// @param tree which class is a kind of which; where there is none, all are siblings
/// @param descent with a tree: how sure, from 0 to 1, a class must be to be found instead of the one above it
/// @param labelsByParent whether a picture that has a class and no box teaches the whole of what is surest of the class above
///        that one, which boxes may have taught, rather than the prediction surest of the class itself
/// @param softmax whether siblings exclude one another; else each class is logistic
/// @param byShape whether an object is answered for by the anchor of its shape rather than by the predicted box
/// @param rescore whether the objectness learns the overlap of its box instead of 1
/// @param background predictions that overlap an object by more than this cost nothing where another answers for it
public record RegionHead(List<BoxSize> anchors, ClassTree tree, OptionalDouble descent, boolean labelsByParent,
        boolean softmax, boolean byShape, boolean rescore, double background, Scales scales) implements YoloHead {
    /// What a `.cfg` calls the file of a tree, and where its parents are kept once it is read.
    public static final String TREE_FILE = "tree";
    public static final String TREE = "tree.parents";
    /// What it calls the threshold of the descent.
    public static final String DESCENT = "tree.threshold";
    /// The setting behind `labelsByParent`; a `.cfg` without it means the class itself, as the paper does.
    public static final String LABELS_BY_PARENT = "tree.labels_by_parent";

    private static final List<BoxSize> SQUARE = List.of(new BoxSize(0.5, 0.5));

    /// What the parts of the loss weigh: Darknet's `object_scale`, `noobject_scale`, `class_scale`, `coord_scale`.
    public record Scales(double object, double noObject, double classes, double coordinates) {
        static Scales of(Settings settings) {
            return new Scales(settings.number("object_scale", 1), settings.number("noobject_scale", 1),
                    settings.number("class_scale", 1), settings.number("coord_scale", 1));
        }
    }

    public RegionHead {
        anchors = List.copyOf(anchors);
        if (!(descent.orElse(0) >= 0 && descent.orElse(0) <= 1)) {
            throw StriateException.network("The descent of a tree of classes expects a threshold from 0 to 1 for "
                    + DESCENT + "; received " + descent.getAsDouble() + ".");
        }
    }

    static RegionHead of(Settings settings) {
        var anchors = settings.anchors(SQUARE);
        var count = Math.min(settings.atLeastOne("num", anchors.size()), anchors.size());
        var hasTree = settings.has(TREE) || settings.has(TREE_FILE);
        return new RegionHead(anchors.subList(0, count), tree(settings),
                hasTree ? OptionalDouble.of(settings.number(DESCENT, 0.5)) : OptionalDouble.empty(),
                settings.flag(LABELS_BY_PARENT, false), hasTree || settings.flag("softmax", false),
                settings.flag("bias_match", false),
                settings.flag("rescore", false), settings.number("thresh", 0.5), Scales.of(settings));
    }

    private static ClassTree tree(Settings settings) {
        var classes = settings.atLeastOne("classes", 20);
        if (!settings.has(TREE) && !settings.has(TREE_FILE)) return ClassTree.flat(classes);
        if (!settings.has(TREE)) {
            throw StriateException.network("A [region] layer with the tree " + settings.text(TREE_FILE)
                    + " expects the parents of its classes as " + TREE + "; received none.");
        }
        var tree = ClassTree.parse(settings.text(TREE));
        if (tree.size() == classes) return tree;
        throw StriateException.network("A [region] layer expects as many classes as its tree has, " + tree.size()
                + "; received " + classes + ".");
    }

    @Override
    public int classes() {
        return tree.size();
    }

    @Override
    public int channels() {
        return anchors.size() * (AnchorMap.CLASS + classes());
    }

    @Override
    public void decode(float[] values, int picture, Size map, Size input, double threshold, Candidates found) {
        var boxes = boxes(values, map);
        var classes = new RegionBoxes(this, boxes);
        var least = AnchorMap.least(threshold);
        for (var cell = 0; cell < map.area(); cell++) {
            for (var anchor = 0; anchor < anchors.size(); anchor++) {
                if (boxes.map().at(picture, anchor, AnchorMap.OBJECTNESS, cell) < least) continue;
                var objectness = boxes.objectness(picture, anchor, cell);
                if (objectness <= threshold) continue;
                var box = boxes.box(picture, anchor, cell);
                found.from(cell, anchor);
                var scores = scores(classes.classes(picture, anchor, cell), objectness);
                for (var k = 0; k < scores.length; k++) {
                    if (scores[k] > threshold) found.add(box, input, k, scores[k]);
                }
            }
        }
    }

    /// The objectness times each class's share or, with a tree, at the one class where its descent ends.
    private double[] scores(double[] shares, double objectness) {
        var scores = new double[shares.length];
        if (descent.isPresent()) {
            scores[tree.descend(tree.absolute(shares), descent.getAsDouble())] = objectness;
        } else {
            for (var k = 0; k < shares.length; k++) scores[k] = objectness * shares[k];
        }
        return scores;
    }

    @Override
    public HeadLoss loss(float[] values, Size map, Size input, List<Truths> truths, long seen) {
        return new RegionLoss(this, boxes(values, map), seen).of(truths);
    }

    private AnchorBoxes boxes(float[] values, Size map) {
        return new AnchorBoxes(new AnchorMap(values, anchors.size(), classes(), map), anchors, map, 1);
    }
}
