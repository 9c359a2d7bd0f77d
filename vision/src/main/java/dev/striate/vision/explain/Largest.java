package dev.striate.vision.explain;

/// The largest of some values.
final class Largest {
    private Largest() {}

    /// Its index, from 0, among `count` values from a place on; the first of equal ones.
    static int index(float[] values, int from, int count) {
        var best = 0;
        for (var i = 1; i < count; i++) if (values[from + i] > values[from + best]) best = i;
        return best;
    }

    static int index(float[] values) {
        return index(values, 0, values.length);
    }

    /// The value, or the least number above 0, so that a scale of colours up to it has a length.
    static float aboveZero(float[] values) {
        return Math.max(Float.MIN_NORMAL, values[index(values)]);
    }
}
