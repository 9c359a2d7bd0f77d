package dev.striate.random;

import dev.striate.StriateException;
import java.nio.charset.StandardCharsets;

/// An endless row of random numbers, each a function of the key and its index (Steele et al. 2014, SplitMix64): a value,
/// so nothing need be saved to go on where a run stopped.
///
/// [#at] derives a stream for each purpose, epoch, picture or parameter.
public record RandomStream(long key) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long FNV_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    /// How much of the normal distribution lies below −2.
    private static final double BELOW_MINUS_2 = 0.022750131948179207;

    /// The stream of a run's seed.
    public static RandomStream of(long seed) {
        return new RandomStream(seed);
    }

    /// The stream of its own for a number.
    public RandomStream at(long number) {
        return new RandomStream(mix(mix(key ^ GOLDEN) + GOLDEN * number));
    }

    /// The stream of its own for a name (FNV-1a of its UTF-8).
    public RandomStream at(String name) {
        var hash = FNV_BASIS;
        for (var b : name.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        return new RandomStream(mix(mix(key) ^ hash));
    }

    /// The 64 bits at an index from 0.
    public long bits(long index) {
        return mix(key + GOLDEN * (index + 1));
    }

    /// Uniform in [0, 1), a multiple of 2⁻⁵³.
    public double uniform(long index) {
        return (bits(index) >>> 11) * 0x1p-53;
    }

    /// Normal with mean 0 and deviation 1, by the inverse of its distribution.
    public double normal(long index) {
        return Normal.quantile(open(index));
    }

    /// Normal as [#normal], but never further from 0 than 2.
    public double truncatedNormal(long index) {
        return Normal.quantile(BELOW_MINUS_2 + (1 - 2 * BELOW_MINUS_2) * open(index));
    }

    /// The numbers from 0 to n − 1 in a random order (Fisher and Yates).
    public int[] permutation(int n) {
        if (n < 0) throw new StriateException("A permutation expects at least 0 numbers; received " + n + ".");
        var draws = draws();
        var order = new int[n];
        for (var i = 0; i < n; i++) {
            var j = draws.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// Reads the stream from its start.
    public Draws draws() {
        return new Draws(this);
    }

    /// Uniform in (0, 1) without its ends, where the inverse of the normal distribution is infinite.
    private double open(long index) {
        return ((bits(index) >>> 12) + 0.5) * 0x1p-52;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
