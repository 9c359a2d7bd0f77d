package dev.striate.measure;

import dev.striate.StriateException;
import dev.striate.target.Target.Mask;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// How often pixels of one class were taken for another, and the measures of segmentation made of it (Long, Shelhamer and
/// Darrell 2015, §5): with `n_ij` pixels of class i taken for j and `t_i = Σ_j n_ij`.
///
/// Pixels of [Mask#IGNORED] count for nothing. Classes that never occur are left out of the means of accuracies; those that
/// neither occur nor are predicted, of the means of IoU.
///
/// @param counts classes × classes, the truth in rows
public record PixelConfusion(long[][] counts) {
    /// Without any pixel.
    public static PixelConfusion empty(int classes) {
        return new PixelConfusion(new long[classes][classes]);
    }

    /// Counts the pixels of a mask against those of the truth.
    public void add(Mask truth, Mask predicted) {
        if (!truth.size().equals(predicted.size())) {
            throw new StriateException("Two masks of one size were expected; received " + truth.size() + " and "
                    + predicted.size() + ".");
        }
        for (var i = 0; i < truth.classes().length; i++) {
            var actual = Byte.toUnsignedInt(truth.classes()[i]);
            if (actual != Mask.IGNORED) {
                counts[within(actual, "truth")][within(Byte.toUnsignedInt(predicted.classes()[i]), "prediction")]++;
            }
        }
    }

    private int within(int label, String where) {
        if (label < counts.length) return label;
        throw new StriateException("A mask of classes 0 to " + (counts.length - 1) + " was expected; the " + where
                + " has the class " + label + ".");
    }

    public int classes() {
        return counts.length;
    }

    /// `t_i`: the pixels of a class.
    public long pixels(int label) {
        return Arrays.stream(counts[label]).sum();
    }

    /// All pixels that have a class.
    public long pixels() {
        return IntStream.range(0, classes()).mapToLong(this::pixels).sum();
    }

    /// The pixels taken for a class.
    public long predicted(int label) {
        return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    }

    /// `n_ii / t_i`; empty where the class does not occur.
    public OptionalDouble accuracy(int label) {
        return share(counts[label][label], pixels(label));
    }

    /// `n_ii / (t_i + Σ_j n_ji − n_ii)`; empty where the class neither occurs nor is predicted.
    public OptionalDouble iou(int label) {
        var right = counts[label][label];
        return share(right, pixels(label) + predicted(label) - right);
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /// `Σ_i n_ii / Σ_i t_i`; 0 without any pixel.
    public double pixelAccuracy() {
        return share(IntStream.range(0, classes()).mapToLong(i -> counts[i][i]).sum(), pixels()).orElse(0);
    }

    /// The mean of the classes' accuracies.
    public double meanAccuracy() {
        return IntStream.range(0, classes()).mapToObj(this::accuracy).flatMapToDouble(OptionalDouble::stream).average()
                .orElse(0);
    }

    /// The mean of the classes' intersections over unions.
    public double meanIoU() {
        return IntStream.range(0, classes()).mapToObj(this::iou).flatMapToDouble(OptionalDouble::stream).average()
                .orElse(0);
    }

    /// `Σ_i t_i · IoU_i / Σ_i t_i`.
    public double frequencyWeightedIoU() {
        var sum = IntStream.range(0, classes()).mapToDouble(i -> pixels(i) * iou(i).orElse(0)).sum();
        return pixels() == 0 ? 0 : sum / pixels();
    }
}
