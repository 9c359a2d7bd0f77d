package dev.striate.plan;

/// A part of a plan's memory for as long as some steps need it.
final class Lifetime {
    final long bytes;
    private int from = Integer.MAX_VALUE;
    private int to = -1;
    private long offset = -1;

    /// Whether more than one value lies in it, so that none may be overwritten.
    private boolean shared;

    /// Whether it lies outside of the plan's memory, at another place in each run.
    private boolean external;

    /// Whether something other than oneDNN's primitives uses it, for which its place must not change.
    private boolean fixed;

    Lifetime(long bytes) {
        this.bytes = bytes;
    }

    /// Step `step` reads or writes it.
    void use(int step) {
        from = Math.min(from, step);
        to = Math.max(to, step);
    }

    boolean meets(Lifetime other) {
        return from <= other.to && other.from <= to;
    }

    boolean used() {
        return to >= 0;
    }

    void place(long offset) {
        this.offset = offset;
    }

    long offset() {
        return offset;
    }

    long end() {
        return offset + bytes;
    }

    void share() {
        shared = true;
    }

    boolean shared() {
        return shared;
    }

    /// Lies outside from now on, and may not be overwritten by others.
    void leave() {
        external = true;
        shared = true;
    }

    boolean external() {
        return external;
    }

    void fix() {
        fixed = true;
    }

    boolean fixed() {
        return fixed;
    }
}
