package dev.striate.measure;

import dev.striate.StriateException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The protocol of Labeled Faces in the Wild (Huang et al. 2007, §IV): pairs lie in folds, ten as a rule, and each fold is
/// judged with the threshold that is best on all others.
public record PairFolds(List<Fold> folds) {
    /// A fold's threshold, found on the others ([VerificationCurve#bestAccuracy]), and the share of its pairs that the
    /// threshold tells rightly.
    public record Fold(double threshold, double accuracy) {}

    public PairFolds {
        folds = List.copyOf(folds);
        if (folds.size() < 2)
            throw new StriateException("At least two folds were expected; received " + folds.size() + ".");
    }

    /// Of pairs: their distances, whether each is the same, and in which fold it lies, from 0.
    public static PairFolds of(double[] distances, boolean[] same, int[] folds) {
        if (folds.length != distances.length || same.length != distances.length) {
            throw new StriateException("Of each pair a distance, an answer and a fold were expected; received "
                    + distances.length + ", " + same.length + " and " + folds.length + ".");
        }
        var count = Arrays.stream(folds).max().orElse(-1) + 1;
        return new PairFolds(IntStream.range(0, count).mapToObj(fold -> fold(distances, same, folds, fold)).toList());
    }

    private static Fold fold(double[] distances, boolean[] same, int[] folds, int fold) {
        var held = IntStream.range(0, folds.length).filter(i -> folds[i] == fold).toArray();
        if (held.length == 0)
            throw new StriateException("Pairs were expected in each fold; fold " + fold + " has none.");
        var others = IntStream.range(0, folds.length).filter(i -> folds[i] != fold).toArray();
        var threshold = curve(distances, same, others).bestAccuracy().threshold();
        var right = Arrays.stream(held).filter(i -> distances[i] <= threshold == same[i]).count();
        return new Fold(threshold, (double) right / held.length);
    }

    private static VerificationCurve curve(double[] distances, boolean[] same, int[] pairs) {
        var chosen = new boolean[pairs.length];
        for (var i = 0; i < pairs.length; i++) chosen[i] = same[pairs[i]];
        return VerificationCurve.of(Arrays.stream(pairs).mapToDouble(i -> distances[i]).toArray(), chosen);
    }

    /// `μ = Σ pᵢ / n` over the accuracies pᵢ of n folds.
    public double mean() {
        return folds.stream().mapToDouble(Fold::accuracy).average().orElseThrow();
    }

    /// `√(Σ (pᵢ − μ)² / (n − 1)) / √n`.
    public double standardError() {
        var mean = mean();
        var squares = folds.stream().mapToDouble(fold -> (fold.accuracy - mean) * (fold.accuracy - mean)).sum();
        return Math.sqrt(squares / (folds.size() - 1) / folds.size());
    }
}
