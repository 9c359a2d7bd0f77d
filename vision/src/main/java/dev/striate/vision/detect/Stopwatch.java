package dev.striate.vision.detect;

import java.util.function.Supplier;

/// Adds up how long a kind of work takes.
final class Stopwatch {
    private long nanos;

    <T> T time(Supplier<T> work) {
        var start = System.nanoTime();
        var result = work.get();
        nanos += System.nanoTime() - start;
        return result;
    }

    double seconds() {
        return nanos / 1e9;
    }
}
