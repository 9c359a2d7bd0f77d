package dev.striate.onednn;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// Numbers from 0 on that threads share out: each begins with its own part, as oneDNN's do, so that it finds in its cache what it
/// has written, and then helps the others.
public final class Shares {
    private final int count;
    private final AtomicIntegerArray taken;

    public Shares(int count, int threads) {
        this.count = count;
        taken = new AtomicIntegerArray(threads);
    }

    /// Begins again, once all numbers are taken.
    public void restart() {
        for (var i = 0; i < taken.length(); i++) taken.set(i, 0);
    }

    /// The next number for a thread; −1 if none is left.
    public int next(int thread) {
        for (var i = 0; i < taken.length(); i++) {
            var part = (thread + i) % taken.length();
            var number = start(part) + taken.getAndIncrement(part);
            if (number < start(part + 1)) return number;
        }
        return -1;
    }

    private int start(int part) {
        return (int) ((long) count * part / taken.length());
    }
}
