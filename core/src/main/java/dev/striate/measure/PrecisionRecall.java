package dev.striate.measure;

import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// A class's curve: the share of its objects that are found, and the share of detections that are right, when the first,
/// the first two … detections by score are taken. The arrays are not copied.
///
/// @param objects how many objects count: at least 1
/// @param scores falling, one for each detection that counts
public record PrecisionRecall(int objects, double[] scores, double[] recall, double[] precision) {
    private static final int ELEVEN = 11;
    private static final double TENTH = 0.1;

    /// A score to cut at, and what comes of it when detections from that score on are taken; `f1` is
    /// `2 · precision · recall / (precision + recall)`.
    public record Threshold(double score, double precision, double recall, double f1) {}

    /// The recall of all detections.
    public double highestRecall() {
        return recall.length == 0 ? 0 : recall[recall.length - 1];
    }

    /// `Σ (r_i − r_{i−1}) · max_{j ≥ i} p_j`: the area under the precision that can be had at a recall or a higher one.
    public double area() {
        var envelope = envelope();
        return IntStream.range(0, recall.length)
                .mapToDouble(i -> (recall[i] - (i == 0 ? 0 : recall[i - 1])) * envelope[i]).sum();
    }

    /// `1/11 Σ max_{r_j ≥ t} p_j` over the recalls t = 0, 0.1 … 1, as the widespread programs in Python count it for VOC: their
    /// tenths are multiples of the binary number next to 0.1, so a recall of exactly 0.3, 0.6 or 0.7 falls short of
    /// theirs by a rounding.
    public double atElevenRecalls() {
        return at(IntStream.range(0, ELEVEN).mapToDouble(i -> i * TENTH));
    }

    /// The same with tenths that are rounded once, as Darknet has them: a recall of 6 of 10 reaches 0.6.
    public double atElevenRoundedRecalls() {
        return at(IntStream.range(0, ELEVEN).mapToDouble(i -> i / (ELEVEN - 1.0)));
    }

    /// The mean over recalls, in rising order, of the highest precision at that recall or a higher one; 0 beyond the
    /// highest recall.
    double at(DoubleStream recalls) {
        var envelope = envelope();
        var from = new int[1];
        return recalls.map(wanted -> {
            while (from[0] < recall.length && recall[from[0]] < wanted) from[0]++;
            return from[0] < recall.length ? envelope[from[0]] : 0;
        }).average().orElse(0);
    }

    private double[] envelope() {
        var envelope = precision.clone();
        for (var i = envelope.length - 2; i >= 0; i--) envelope[i] = Math.max(envelope[i], envelope[i + 1]);
        return envelope;
    }

    /// The threshold with the highest F1, of several the highest score; empty where nothing right was found. Detections
    /// of one score are taken together.
    public Optional<Threshold> bestF1() {
        return IntStream.range(0, scores.length)
                .filter(i -> recall[i] > 0 && (i + 1 == scores.length || scores[i + 1] < scores[i]))
                .mapToObj(i -> new Threshold(scores[i], precision[i], recall[i],
                        2 * precision[i] * recall[i] / (precision[i] + recall[i])))
                .reduce((best, other) -> other.f1() > best.f1() ? other : best);
    }
}
