package dev.striate.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// How often values of each magnitude occur, in equal bins.
final class Histogram {
    private static final int BINS = 2048;
    private static final double PERCENTILE = 0.9999;

    private final long[] counts = new long[BINS];
    /// Where the last bin ends.
    private double end;
    private double largest;
    private boolean signed;

    static Histogram of(float[] values) {
        var histogram = new Histogram();
        histogram.add(MemorySegment.ofArray(values), 0, values.length);
        return histogram;
    }

    /// Counts float32 values from a byte on; bins widen to twice their width as often as the largest asks for.
    void add(MemorySegment values, long from, long count) {
        for (var i = 0L; i < count; i++) {
            var value = values.get(JAVA_FLOAT_UNALIGNED, from + i * Float.BYTES);
            largest = Math.max(largest, Math.abs(value));
            signed |= value < 0;
        }
        if (end == 0) end = largest;
        while (end < largest) widen();
        for (var i = 0L; i < count; i++) {
            var value = values.get(JAVA_FLOAT_UNALIGNED, from + i * Float.BYTES);
            if (value != 0) counts[(int) Math.min(BINS - 1, Math.abs(value) / end * BINS)]++;
        }
    }

    private void widen() {
        for (var i = 0; i < BINS; i++) counts[i] = i < BINS / 2 ? counts[2 * i] + counts[2 * i + 1] : 0;
        end *= 2;
    }

    Quantisation.Range range(Calibration.Method method) {
        if (largest == 0) return new Quantisation.Range(1.0 / levels(), signed);
        var most = switch (method) {
            case EXTREMES -> largest;
            case PERCENTILE -> end * percentile() / BINS;
            case ENTROPY -> end * leastDivergence() / BINS;
        };
        return new Quantisation.Range(Math.min(most, largest) / levels(), signed);
    }

    private int levels() {
        return Quantisation.Range.levels(signed);
    }

    private int percentile() {
        var all = Arrays.stream(counts).sum();
        var sum = 0L;
        for (var i = 0; i < BINS; i++) {
            sum += counts[i];
            if (sum >= PERCENTILE * all) return i + 1;
        }
        return BINS;
    }

    private int leastDivergence() {
        var best = BINS;
        var least = Double.POSITIVE_INFINITY;
        for (var bins = levels() + 1; bins <= BINS; bins += 8) {
            var divergence = divergence(bins);
            if (divergence < least) {
                least = divergence;
                best = bins;
            }
        }
        return best;
    }

    /// Σ p log(p/q): p clipped to so many bins, q what is left of the unclipped when its bins share 8-bit levels evenly.
    private double divergence(int bins) {
        var clipped = counts.clone();
        for (var i = bins; i < BINS; i++) clipped[bins - 1] += counts[i];
        var all = (double) Arrays.stream(clipped, 0, bins).sum();
        var inside = (double) Arrays.stream(counts, 0, bins).sum();
        var divergence = 0.0;
        for (var level = 0; level < levels(); level++) {
            var from = level * bins / levels();
            var to = (level + 1) * bins / levels();
            var sum = 0L;
            var filled = 0;
            for (var i = from; i < to; i++) {
                sum += counts[i];
                if (clipped[i] > 0) filled++;
            }
            for (var i = from; i < to; i++) {
                if (clipped[i] == 0) continue;
                var p = clipped[i] / all;
                var q = Math.max(sum / (filled * inside), 1e-9);
                divergence += p * Math.log(p / q);
            }
        }
        return divergence;
    }
}
