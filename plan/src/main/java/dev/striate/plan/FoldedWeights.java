package dev.striate.plan;

import dev.striate.onednn.Cpu;
import dev.striate.weights.DataType;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/// The weights of a layer as stored, filters outermost, with what has been folded into them: a factor for each filter and
/// a bias for each filter.
///
/// @param sides oneDNN's dimensions: filters × channels × height × width, or groups × filters × …
record FoldedWeights(long[] sides, TensorData stored, float[] factors, float[] bias) {
    static FoldedWeights of(long[] sides, TensorData stored, int filters, float[] bias) {
        return new FoldedWeights(sides, stored, Computation.ChannelScale.uniform(filters, 1),
                bias.length == 0 ? new float[filters] : bias);
    }

    int filters() {
        return bias.length;
    }

    /// The weights of the layer followed by `scale · x + shift` for each filter.
    FoldedWeights followedBy(float[] scale, float[] shift) {
        var factors = new float[filters()];
        var bias = new float[filters()];
        for (var i = 0; i < filters(); i++) {
            factors[i] = this.factors[i] * scale[i];
            bias[i] = this.bias[i] * scale[i] + shift[i];
        }
        return new FoldedWeights(sides, stored, factors, bias);
    }

    FoldedWeights withoutBias() {
        return new FoldedWeights(sides, stored, factors, new float[filters()]);
    }

    /// Weights from here on are written with their channels last, which oneDNN's copies are slow to bring about: 411 MB of
    /// VGG-16's first fully connected layer in 0.8 s.
    private static final long LARGE = 1L << 22;

    /// Whether [#write] leaves each filter's channels last, rather than row-major.
    boolean channelsLast() {
        return sides.length == 4 && stored.elements() >= LARGE;
    }

    /// Writes all values, each filter times its factor.
    void write(MemorySegment target) {
        if (channelsLast()) {
            IntStream.range(0, filters()).parallel().forEach(filter -> writeChannelsLast(filter, target));
            return;
        }
        var cells = stored.elements() / filters();
        IntStream.range(0, filters()).parallel().forEach(filter -> {
            var start = filter * cells;
            if (factors[filter] == 1 && stored.type() == DataType.F32) {
                MemorySegment.copy(stored.bytes(), start * Float.BYTES, target, start * Float.BYTES,
                        cells * Float.BYTES);
            } else {
                for (var i = start; i < start + cells; i++) {
                    target.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) stored.value(i) * factors[filter]);
                }
            }
        });
    }

    private void writeChannelsLast(int filter, MemorySegment target) {
        var cells = Math.toIntExact(stored.elements() / filters());
        var values = Rows.floats(stored, (long) filter * cells, cells);
        var area = Math.toIntExact(sides[2] * sides[3]);
        var channels = cells / area;
        var sorted = new float[cells];
        for (var place = 0; place < area; place++) {
            for (var channel = 0; channel < channels; channel++) {
                sorted[place * channels + channel] = values[channel * area + place] * factors[filter];
            }
        }
        MemorySegment.copy(sorted, 0, target, ValueLayout.JAVA_FLOAT, (long) filter * cells * Float.BYTES, cells);
    }

    /// Writes all values as bytes, row-major; the scale of each filter, of which they are multiples.
    float[] quantise(MemorySegment target) {
        var cells = Math.toIntExact(stored.elements() / filters());
        var scales = new float[filters()];
        IntStream.range(0, filters()).parallel().forEach(filter -> {
            var start = (long) filter * cells;
            var values = Rows.floats(stored, start, cells);
            var largest = 0f;
            for (var value : values) largest = Math.max(largest, Math.abs(value));
            var unit = largest == 0 ? 1 : largest / Cpu.LARGEST_WEIGHT;
            for (var i = 0; i < cells; i++) {
                target.set(ValueLayout.JAVA_BYTE, start + i,
                        (byte) Math.round(values[i] / unit * Math.signum(factors[filter])));
            }
            scales[filter] = factors[filter] == 0 ? 1 : unit * Math.abs(factors[filter]);
        });
        return scales;
    }
}
