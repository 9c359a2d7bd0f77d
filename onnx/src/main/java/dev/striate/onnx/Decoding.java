package dev.striate.onnx;

import dev.striate.detect.Suppression;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.tree.ClassTree;
import dev.striate.yolo.GridHead;
import dev.striate.yolo.RegionHead;
import dev.striate.yolo.ScaleHead;
import dev.striate.yolo.YoloHeads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// How a detector's outputs become boxes, for a reader who has the file alone: the JSON of `striate.decoding`.
///
/// Outputs are what the last convolutions give. Darknet's own output layers apply logistic functions and softmax in
/// place; here they are left to the reader, as training's losses take the numbers before them.
///
/// @param input width and height, in whose pixels boxes come out
/// @param outputs [AnchorMap] or [Grid] by the output's name
record Decoding(Sides input, String boxes, SequencedMap<String, Record> outputs, Repeats repeats) {
    private static final String BOXES = "x and y of the centre, width and height, in pixels of the input; one box for each "
            + "class whose score is above a threshold, where all numbers are finite and none "
            + "of width and height is negative";

    record Sides(int width, int height) {}

    /// Which boxes go because they repeat surer ones.
    ///
    /// @param distancePower absent where the distance of centres does not count
    record Repeats(String rule, double overlap, Optional<Double> distancePower) {
        static Repeats of(YoloHeads heads) {
            var power = heads.suppression(Suppression.USUAL_OVERLAP).power();
            return Double.isInfinite(power)
                    ? new Repeats(
                            "within a class, from the highest score down: drop what has iou > overlap with one kept",
                            Suppression.USUAL_OVERLAP, Optional.empty())
                    : new Repeats(
                            "within a class, from the highest score down: drop what has iou > overlap and iou - (d^2 / "
                                    + "c^2)^distancePower > overlap with one kept; d from centre to centre, c the diagonal of the "
                                    + "smallest box about both",
                            Suppression.USUAL_OVERLAP, Optional.of(power));
        }
    }

    /// A map with anchors: YOLO v2's `region`, v3's `yolo`.
    ///
    /// @param shape without the batch: channels, rows, columns
    /// @param anchors width and height of each in pixels of the input
    /// @param stride width and height of a cell in pixels of the input
    /// @param stretch how far beyond its cell a centre may lie; 1 for not at all
    /// @param share what makes a class's share of its number: `sigmoid` or `softmax`
    /// @param tree which class is a kind of which, where the network knows
    record AnchorMap(String kind, List<Integer> shape, int classes, List<List<Double>> anchors, List<Double> stride,
            double stretch, String layout, List<String> entries, String x, String y, String width, String height,
            String share, String score, Optional<Tree> tree) {
        private static final List<String> ENTRIES = List.of("tx", "ty", "tw", "th", "to",
                "t0 and on, one for each class");

        static AnchorMap of(String kind, Shape map, int classes, List<List<Double>> anchors, List<Double> stride,
                double stretch, String share, String score, Optional<Tree> tree) {
            return new AnchorMap(kind, List.of(map.channels(), map.height(), map.width()), classes, anchors, stride,
                    stretch, "[picture, anchor * (5 + classes) + entry, row, column]", ENTRIES,
                    "(column + stretch * sigmoid(tx) - (stretch - 1) / 2) * stride[0]",
                    "(row + stretch * sigmoid(ty) - (stretch - 1) / 2) * stride[1]", "exp(tw) * anchors[anchor][0]",
                    "exp(th) * anchors[anchor][1]", share, score, tree);
        }
    }

    /// Classes that are kinds of one another.
    ///
    /// @param parents the class above each; −1 for none
    /// @param threshold how sure a class must be to be found instead of the one above it
    record Tree(List<Integer> parents, double threshold, String rule) {
        static Tree of(ClassTree tree, double threshold) {
            return new Tree(IntStream.range(0, tree.size()).mapToObj(tree::parent).toList(), threshold,
                    "softmax among the classes of one parent; a class's probability is the product of these shares from the "
                            + "top down to it; begin with the likeliest class that has none above, go on to the likeliest "
                            + "below while its probability is above the threshold; the one class found has the score");
        }
    }

    /// YOLO v1's vector, the kind `detection`.
    ///
    /// @param shape without the batch: the length
    /// @param roots whether width and height are given as their square roots
    /// @param share what makes a class's share of its number: `none` or `softmax`
    record Grid(String kind, List<Integer> shape, int side, int boxes, int classes, boolean roots, String cell,
            String share, String classAt, String confidenceAt, String boxAt, List<String> entries, String x, String y,
            String width, String height, String score) {
        static Grid of(GridHead head, Shape map) {
            return new Grid("detection", List.of(Math.toIntExact(map.elements())), head.side(), head.boxes(),
                    head.classes(), head.roots(), "row * side + column", head.softmax() ? "softmax" : "none",
                    "cell * classes + class", "side * side * classes + cell * boxes + box",
                    "side * side * (classes + boxes) + (cell * boxes + box) * 4 + entry",
                    List.of("bx", "by", "bw", "bh"),
                    "(column + bx) / side * input.width", "(row + by) / side * input.height",
                    head.roots() ? "bw * bw * input.width" : "bw * input.width",
                    head.roots() ? "bh * bh * input.height" : "bh * input.height", "confidence * share of the class");
        }
    }

    static Decoding of(YoloHeads heads) {
        var outputs = new LinkedHashMap<String, Record>();
        heads.heads().forEach((name, head) -> {
            var map = heads.maps().get(name);
            outputs.put(name, switch (head) {
                case GridHead grid -> Grid.of(grid, map);
                case RegionHead region -> of(region, map, stride(map, heads.input()));
                case ScaleHead scale -> of(scale, map, stride(map, heads.input()));
            });
        });
        return new Decoding(new Sides(heads.input().width(), heads.input().height()), BOXES, outputs,
                Repeats.of(heads));
    }

    private static List<Double> stride(Shape map, Size input) {
        return List.of((double) input.width() / map.width(), (double) input.height() / map.height());
    }

    /// Its anchors are in cells.
    private static AnchorMap of(RegionHead head, Shape map, List<Double> stride) {
        var anchors = head.anchors().stream()
                .map(each -> List.of(each.width() * stride.getFirst(), each.height() * stride.getLast())).toList();
        var tree = head.descent().isPresent() ? Optional.of(Tree.of(head.tree(), head.descent().getAsDouble()))
                : Optional.<Tree>empty();
        return AnchorMap.of("region", map, head.classes(), anchors, stride, 1, head.softmax() ? "softmax" : "sigmoid",
                tree.isPresent() ? "sigmoid(to)" : "sigmoid(to) * share of the class", tree);
    }

    private static AnchorMap of(ScaleHead head, Shape map, List<Double> stride) {
        var anchors = head.mask().stream().map(head.anchors()::get)
                .map(each -> List.of(each.width(), each.height())).toList();
        return AnchorMap.of("yolo", map, head.classes(), anchors, stride, head.stretch(), "sigmoid",
                "sigmoid(to) * share of the class", Optional.empty());
    }
}
