package dev.striate.yolo;

import dev.striate.StriateException;
import dev.striate.detect.BoxSize;
import dev.striate.graph.Size;
import java.util.List;
import java.util.stream.IntStream;

/// One of YOLO v3's scales (Redmon and Farhadi 2018, §2): a logistic objectness and logistic classes for each cell and
/// anchor, and a box of `x = σ(t_x) + c_x`, `w = p_w e^(t_w)`.
///
/// @param anchors those of all scales, in pixels of the input
/// @param mask which of them are this scale's
/// @param ignore predictions that overlap an object by more than this cost nothing where another answers for it
/// @param certain predictions that overlap an object by more than this learn it too; 1 for none
/// @param stretch how far beyond its cell a centre may lie: Darknet's `scale_x_y`
/// @param distancePower how much the distance of centres tells boxes apart: Darknet's `nms_kind`
public record ScaleHead(List<BoxSize> anchors, List<Integer> mask, int classes, double ignore, double certain,
        double stretch, double distancePower) implements YoloHead {
    private static final double GREEDY_POWER = 0.6;
    private static final List<BoxSize> USUAL = List.of(new BoxSize(10, 13), new BoxSize(16, 30), new BoxSize(33, 23),
            new BoxSize(30, 61), new BoxSize(62, 45), new BoxSize(59, 119), new BoxSize(116, 90), new BoxSize(156, 198),
            new BoxSize(373, 326));

    public ScaleHead {
        anchors = List.copyOf(anchors);
        mask = List.copyOf(mask);
        for (var each : mask) {
            if (each >= 0 && each < anchors.size()) continue;
            throw StriateException.network("A mask of anchors 0 to " + (anchors.size() - 1) + " was expected; received "
                    + mask + ".");
        }
    }

    static ScaleHead of(Settings settings) {
        var anchors = settings.anchors(USUAL);
        var mask = settings.wholes("mask", IntStream.range(0, anchors.size()).boxed().toList());
        return new ScaleHead(anchors, mask, settings.atLeastOne("classes", 20), settings.number("ignore_thresh", 0.5),
                settings.number("truth_thresh", 1), settings.number("scale_x_y", 1), distancePower(settings));
    }

    private static double distancePower(Settings settings) {
        return switch (settings.text("nms_kind")) {
            case "greedynms" -> GREEDY_POWER;
            case "diounms" -> settings.number("beta_nms", GREEDY_POWER);
            default -> Double.POSITIVE_INFINITY;
        };
    }

    @Override
    public int channels() {
        return mask.size() * (AnchorMap.CLASS + classes);
    }

    @Override
    public void decode(float[] values, int picture, Size map, Size input, double threshold, Candidates found) {
        var boxes = boxes(values, map, input);
        var least = AnchorMap.least(threshold);
        for (var cell = 0; cell < map.area(); cell++) {
            for (var anchor = 0; anchor < mask.size(); anchor++) {
                if (boxes.map().at(picture, anchor, AnchorMap.OBJECTNESS, cell) < least) continue;
                var objectness = boxes.objectness(picture, anchor, cell);
                if (objectness <= threshold) continue;
                var box = boxes.box(picture, anchor, cell);
                found.from(cell, anchor);
                var leastClass = AnchorMap.least(threshold / objectness);
                for (var k = 0; k < classes; k++) {
                    if (boxes.map().at(picture, anchor, AnchorMap.CLASS + k, cell) < leastClass) continue;
                    var score = objectness * boxes.map().logistic(picture, anchor, AnchorMap.CLASS + k, cell);
                    if (score > threshold) found.add(box, input, k, score);
                }
            }
        }
    }

    @Override
    public HeadLoss loss(float[] values, Size map, Size input, List<Truths> truths, long seen) {
        return new ScaleLoss(this, boxes(values, map, input)).of(Truths.objects(truths));
    }

    private AnchorBoxes boxes(float[] values, Size map, Size input) {
        return new AnchorBoxes(new AnchorMap(values, mask.size(), classes, map),
                mask.stream().map(anchors::get).toList(), input, stretch);
    }
}
