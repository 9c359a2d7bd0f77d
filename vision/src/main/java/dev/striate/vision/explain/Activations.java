package dev.striate.vision.explain;

import dev.striate.graph.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What a layer gives for a picture.
///
/// @param values channels × height × width
public record Activations(String layer, Shape shape, float[] values) {
    /// The largest value of a channel.
    public float largest(int channel) {
        var area = shape.size().area();
        var largest = Float.NEGATIVE_INFINITY;
        for (var i = channel * area; i < (channel + 1) * area; i++) largest = Math.max(largest, values[i]);
        return largest;
    }

    /// The largest value of any channel, or the least number above 0.
    public float largest() {
        var largest = Float.MIN_NORMAL;
        for (var value : values) largest = Math.max(largest, value);
        return largest;
    }

    /// The channels, that of the largest value first.
    public List<Integer> strongest() {
        return IntStream.range(0, shape.channels()).boxed()
                .sorted(Comparator.comparingDouble((Integer channel) -> largest(channel)).reversed()).toList();
    }

    /// The index of the largest value.
    public int strongestUnit() {
        var best = 0;
        for (var i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
        return best;
    }
}
