package dev.striate.detect;

import dev.striate.StriateException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Greedy suppression of repeated boxes: each class by itself, from the highest score down, a box goes when its
/// intersection over union with one that was kept is greater than a threshold (Girshick et al. 2014, §2.2).
///
/// Boxes of equal scores are worked through in the order in which they came. A box without area overlaps nothing, so it
/// stays. What is kept comes out by score, over all classes, in the same order.
public final class NonMaximumSuppression {
    private NonMaximumSuppression() {}

    /// The detections that stay at a threshold from 0 to 1, the best first.
    public static List<Detection> of(List<Detection> detections, double iou) {
        return of(detections, iou, Integer.MAX_VALUE);
    }

    /// The same, but no more than the best `limit` of them, over all classes.
    public static List<Detection> of(List<Detection> detections, double iou, int limit) {
        return of(detections, Suppression.byOverlap(iou), limit);
    }

    /// The same by another measure of what repeats.
    public static List<Detection> of(List<Detection> detections, Suppression suppression, int limit) {
        var corners = new double[4 * detections.size()];
        var scores = new double[detections.size()];
        var labels = new int[detections.size()];
        for (var i = 0; i < scores.length; i++) {
            var detection = detections.get(i);
            corners[4 * i] = detection.box().left();
            corners[4 * i + 1] = detection.box().top();
            corners[4 * i + 2] = detection.box().right();
            corners[4 * i + 3] = detection.box().bottom();
            scores[i] = detection.score();
            labels[i] = detection.label();
        }
        return IntStream.of(indices(corners, scores, labels, suppression, limit)).mapToObj(detections::get).toList();
    }

    /// The indices of the boxes that stay where all are of one class, as the proposals of a region proposal network are.
    public static int[] indices(double[] corners, double[] scores, double iou, int limit) {
        return indices(corners, scores, new int[scores.length], iou, limit);
    }

    /// The indices of the boxes that stay by overlap alone, of exactly which a box stays.
    public static int[] indices(double[] corners, double[] scores, int[] labels, double iou, int limit) {
        return indices(corners, scores, labels, Suppression.byOverlap(iou), limit);
    }

    /// The indices of the boxes that stay.
    ///
    /// @param corners left, top, right, bottom of each box
    /// @param labels the class of each box: any number
    /// @param limit how many stay at most: the best, over all classes
    public static int[] indices(double[] corners, double[] scores, int[] labels, Suppression suppression, int limit) {
        check(corners, scores, labels, limit);
        var ranked = Ranking.descending(scores);
        var kept = new boolean[ranked.length]; // by rank
        var byClass = byClass(ranked, labels);
        for (int from = 0, to; from < byClass.length; from = to) {
            to = from + 1;
            while (to < byClass.length && byClass[to] >> 32 == byClass[from] >> 32) to++;
            keep(corners, ranked, Arrays.stream(byClass, from, to).mapToInt(key -> (int) key).toArray(),
                    suppression, limit, kept);
        }
        return IntStream.range(0, kept.length).filter(rank -> kept[rank]).limit(limit).map(rank -> ranked[rank])
                .toArray();
    }

    /// The class above, the rank below: sorted by class, and within one by rank.
    private static long[] byClass(int[] ranked, int[] labels) {
        var keys = new long[ranked.length];
        for (var rank = 0; rank < keys.length; rank++) keys[rank] = (long) labels[ranked[rank]] << 32 | rank;
        Arrays.sort(keys);
        return keys;
    }

    private static void keep(double[] corners, int[] ranked, int[] ranks, Suppression suppression, int limit,
            boolean[] kept) {
        var boxes = new KeptBoxes(corners, IntStream.of(ranks).map(rank -> ranked[rank]).toArray(), suppression);
        var stayed = 0;
        for (var i = 0; i < ranks.length && stayed < limit; i++) {
            if (boxes.keep(i)) {
                kept[ranks[i]] = true;
                stayed++;
            }
        }
    }

    private static void check(double[] corners, double[] scores, int[] labels, int limit) {
        if (corners.length != 4 * scores.length || labels.length != scores.length) {
            throw new StriateException("Four corners and a class for each of " + scores.length
                    + " scores were expected; received " + corners.length + " and " + labels.length + ".");
        }
        if (limit < 0) {
            throw new StriateException("A number of boxes from 0 was expected as a limit; received " + limit + ".");
        }
        for (var i = 0; i < corners.length; i += 4) {
            if (!(corners[i] <= corners[i + 2] && corners[i + 1] <= corners[i + 3]
                    && Double.isFinite(corners[i + 2] - corners[i])
                    && Double.isFinite(corners[i + 3] - corners[i + 1]))) {
                throw new StriateException(
                        "Boxes with finite corners, the left and upper one first, were expected; box "
                                + i / 4 + " is " + Arrays.toString(Arrays.copyOfRange(corners, i, i + 4)) + ".");
            }
        }
    }
}
