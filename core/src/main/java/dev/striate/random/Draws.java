package dev.striate.random;

import java.util.random.RandomGenerator;

/// One number after the other from a [RandomStream], for code whose number of draws is not known ahead.
///
/// Not for several threads: give each its own stream. `nextInt(n)` is unbiased.
public final class Draws implements RandomGenerator {
    private final RandomStream stream;
    private long next;

    Draws(RandomStream stream) {
        this.stream = stream;
    }

    @Override
    public long nextLong() {
        return stream.bits(next++);
    }

    @Override
    public double nextDouble() {
        return stream.uniform(next++);
    }

    @Override
    public double nextGaussian() {
        return stream.normal(next++);
    }

    /// Whether an event of this probability happens.
    public boolean chance(double probability) {
        return nextDouble() < probability;
    }

    /// Uniform in [from, to); exactly `from` where both are equal.
    public double between(double from, double to) {
        return from + (to - from) * nextDouble();
    }
}
