package dev.striate.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.striate.graph.Shape;
import dev.striate.graph.Window;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleBinaryOperator;

/// What a window sees at one place of a picture.
final class Patches {
    private Patches() {}

    /// Reads channels × kh × kw values, zeros for padding.
    static void read(MemorySegment memory, long from, Shape x, Window window, int row, int column, float[] patch) {
        var top = row * window.stride().height() - window.padding().height();
        var left = column * window.stride().width() - window.padding().width();
        var next = 0;
        for (var channel = 0; channel < x.channels(); channel++) {
            for (var i = 0; i < window.kernel().height(); i++) {
                var r = top + i * window.dilation().height();
                for (var j = 0; j < window.kernel().width(); j++) {
                    var c = left + j * window.dilation().width();
                    patch[next++] = r < 0 || c < 0 || r >= x.height() || c >= x.width() ? 0
                            : at(memory, from, x, channel, r, c);
                }
            }
        }
    }

    private static float at(MemorySegment memory, long from, Shape x, int channel, int row, int column) {
        return memory.get(JAVA_FLOAT, from + (((long) channel * x.height() + row) * x.width() + column) * Float.BYTES);
    }

    /// The inner product, in eight sums so that the processor can add them side by side.
    static double dot(float[] weights, int from, float[] patch) {
        var sums = new float[8];
        var whole = patch.length / 8 * 8;
        for (var i = 0; i < whole; i += 8) {
            for (var j = 0; j < 8; j++) sums[j] += weights[from + i + j] * patch[i + j];
        }
        var sum = 0.0;
        for (var partial : sums) sum += partial;
        for (var i = whole; i < patch.length; i++) sum += weights[from + i] * patch[i];
        return sum;
    }

    /// Reduces each window of each channel; `finish` gets the result and how many cells lie in the picture or its padding.
    static void reduce(MemorySegment memory, long from, Shape x, Window window, long to, Shape y,
            DoubleBinaryOperator add, DoubleBinaryOperator finish) {
        for (var i = 0; i < y.elements(); i++) {
            var top = i / y.width() % y.height() * window.stride().height() - window.padding().height();
            var left = i % y.width() * window.stride().width() - window.padding().width();
            var channel = i / (y.width() * y.height());
            var sum = 0.0;
            var counted = 0;
            for (var k = 0; k < window.kernel().area(); k++) {
                var r = top + k / window.kernel().width() * window.dilation().height();
                var c = left + k % window.kernel().width() * window.dilation().width();
                if (r >= x.height() + window.padding().height() || c >= x.width() + window.padding().width()) continue;
                counted++;
                var inside = r >= 0 && c >= 0 && r < x.height() && c < x.width();
                sum = add.applyAsDouble(sum, inside ? at(memory, from, x, channel, r, c) : 0);
            }
            memory.set(JAVA_FLOAT, to + (long) i * Float.BYTES, (float) finish.applyAsDouble(sum, counted));
        }
    }
}
