package dev.striate.plan;

/// How often values of each magnitude occur, in equal bins up to the largest.
record Histogram(long[] counts, double largest, boolean signed) {
    private static final int BINS = 2048;
    private static final double PERCENTILE = 0.9999;

    static Histogram of(float[] values) {
        var largest = 0f;
        var signed = false;
        for (var value : values) {
            largest = Math.max(largest, Math.abs(value));
            signed |= value < 0;
        }
        var counts = new long[BINS];
        for (var value : values) {
            if (value != 0) counts[(int) Math.min(BINS - 1, Math.abs(value) / largest * BINS)]++;
        }
        return new Histogram(counts, largest, signed);
    }

    Quantisation.Range range(Calibration.Method method) {
        var bins = switch (method) {
            case EXTREMES -> BINS;
            case PERCENTILE -> percentile();
            case ENTROPY -> leastDivergence();
        };
        var end = largest == 0 ? 1 : largest * bins / BINS;
        return new Quantisation.Range(end / levels(), signed);
    }

    private int levels() {
        return signed ? 127 : 255;
    }

    private int percentile() {
        var all = java.util.Arrays.stream(counts).sum();
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
        var all = (double) java.util.Arrays.stream(clipped, 0, bins).sum();
        var inside = (double) java.util.Arrays.stream(counts, 0, bins).sum();
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
