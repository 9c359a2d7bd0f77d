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
        return values[strongestUnit(channel)];
    }

    /// The largest value of any channel, or the least number above 0.
    public float largest() {
        return Largest.aboveZero(values);
    }

    /// The channels, that of the largest value first.
    public List<Integer> strongest() {
        return IntStream.range(0, shape.channels()).boxed()
                .sorted(Comparator.comparingDouble((Integer channel) -> largest(channel)).reversed()).toList();
    }

    /// The index of the largest value of a channel.
    public int strongestUnit(int channel) {
        var area = shape.size().area();
        return channel * area + Largest.index(values, channel * area, area);
    }

    /// The index of the largest value.
    public int strongestUnit() {
        return Largest.index(values);
    }
}
