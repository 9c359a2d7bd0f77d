package dev.striate.detect;

import dev.striate.StriateException;
import dev.striate.random.RandomStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Anchors that fit the boxes of a data set: k-means with the distance `1 − IoU` of boxes about one centre (Redmon and
/// Farhadi 2017, §2). A centre is the mean width and height of its boxes; what counts is the mean over the boxes of their IoU
/// with the best anchor, and the best of several starts stays.
///
/// @param anchors by area, the smallest first
/// @param meanBestIou of the boxes that they were made for
public record AnchorClusters(List<BoxSize> anchors, double meanBestIou) {
    private static final int STARTS = 5;

    public AnchorClusters {
        anchors = List.copyOf(anchors);
    }

    /// This many anchors for these boxes: the same for the same seed. Refuses fewer shapes of boxes than anchors.
    public static AnchorClusters of(List<BoxSize> boxes, int count, long seed) {
        var shapes = shapes(boxes);
        if (count < 1 || count > shapes) {
            throw new StriateException("Anchors from 1 to the " + shapes + " different sizes of boxes were expected; "
                    + "received " + count + ".");
        }
        var clustering = new SizeClustering(boxes);
        return IntStream.range(0, STARTS)
                .mapToObj(start -> clustering.centres(count, RandomStream.of(seed).at("anchors").at(start).draws()))
                .map(centres -> new AnchorClusters(
                        centres.stream().sorted(Comparator.comparingDouble(BoxSize::area)
                                .thenComparingDouble(BoxSize::width)).toList(),
                        meanBestIou(centres, boxes)))
                .reduce((best, other) -> other.meanBestIou > best.meanBestIou ? other : best).orElseThrow();
    }

    /// How many different sizes there are, which is as many anchors as can be.
    public static int shapes(List<BoxSize> boxes) {
        return (int) boxes.stream().distinct().count();
    }

    /// How well any anchors fit: the mean over the boxes of their IoU with the best one; 0 without boxes.
    public static double meanBestIou(List<BoxSize> anchors, List<BoxSize> boxes) {
        return boxes.stream().mapToDouble(box -> anchors.stream().mapToDouble(box::iou).max().orElse(0)).average()
                .orElse(0);
    }

    /// As the `anchors` of Darknet's `[yolo]`: whole pixels of the input, `10,13, 16,30, 33,23`.
    public String inPixels() {
        return text(side -> (double) Math.max(1, Math.round(side)), "%.0f");
    }

    /// As the `anchors` of Darknet's `[region]`: in cells of so many pixels, `0.5727,0.6774, 1.8745,2.0625`.
    public String inCells(int stride) {
        return text(side -> side / stride, "%.4f");
    }

    private String text(DoubleUnaryOperator unit, String format) {
        return anchors.stream().map(anchor -> String.format(Locale.ROOT, format + "," + format,
                unit.applyAsDouble(anchor.width()), unit.applyAsDouble(anchor.height())))
                .collect(Collectors.joining(", "));
    }
}
