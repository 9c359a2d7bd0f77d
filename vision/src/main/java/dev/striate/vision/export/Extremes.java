package dev.striate.vision.export;

import dev.striate.onnx.Int8;

/// The least and the largest of some values, 0 among them.
record Extremes(float least, float most) {
    static Extremes of(float[] values) {
        var least = 0f;
        var most = 0f;
        for (var value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return new Extremes(least, most);
    }

    Extremes and(Extremes other) {
        return new Extremes(Math.min(least, other.least), Math.max(most, other.most));
    }

    /// The 8 bits that reach so far.
    Int8.Range range() {
        if (least == 0 && most == 0) return new Int8.Range(1, false);
        return least == 0 ? new Int8.Range(most / 255.0, false) : new Int8.Range(Math.max(-least, most) / 127.0, true);
    }
}
