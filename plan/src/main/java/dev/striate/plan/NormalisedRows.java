package dev.striate.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/// Normalises channels of float32 pixel by pixel, rectifies them and, where 8 bits are wanted, rounds them, in one pass; they may
/// be the first of more channels, as in DenseNet's growing concatenations. Loops over many pixels at once, in local arrays: so the
/// JIT compiler vectorises them.
final class NormalisedRows {
    /// How many values a loop is over, about: as much as a first-level cache holds beside factors and sums.
    private static final int LENGTH = 2048;
    private static final int LARGEST_BYTE = 255;
    /// Added to signed bytes, so that none is negative.
    private static final int SIGNED = 128;

    private final int channels;
    private final int stride;
    private final long pixels;
    private final int pixelsAtOnce;
    private final float[] factors;
    private final float[] sums;
    private final float least;
    private final ValueType to;

    /// Room for the values of one loop.
    static final class Room {
        private float[] values = new float[0];
        private byte[] bytes = new byte[0];

        void grow(NormalisedRows rows) {
            var length = rows.factors.length;
            if (values.length >= length) return;
            values = new float[length];
            bytes = new byte[length];
        }
    }

    /// @param to float32 or 8 bits
    /// @param stride the channels of a whole pixel
    NormalisedRows(Computation.ChannelScale scale, boolean relu, ValueType to, int stride, long pixels) {
        channels = scale.scale().length;
        this.stride = stride;
        this.pixels = pixels;
        this.to = to;
        pixelsAtOnce = Math.ceilDiv(LENGTH, channels);
        // Half a step, and what makes all bytes positive: then rounding is cutting off.
        var zero = to instanceof ValueType.Bytes bytes ? (bytes.range().signed() ? SIGNED : 0) + 0.5 : 0;
        least = relu ? (float) Math.floor(zero) : to instanceof ValueType.Bytes ? 0 : Float.NEGATIVE_INFINITY;
        factors = new float[pixelsAtOnce * channels];
        sums = new float[factors.length];
        for (var i = 0; i < factors.length; i++) {
            factors[i] = (float) (scale.scale()[i % channels] / to.scale());
            sums[i] = (float) (scale.shift()[i % channels] / to.scale() + zero);
        }
    }

    /// Reads one of several equal parts of the pixels, of which the first has its values from byte `from` on, and writes what
    /// becomes of them from byte `to` on. A part's pixels lie together, as those that a thread of oneDNN's has written do.
    void normalise(int part, int parts, MemorySegment memory, long from, long to, Room room) {
        var end = pixels * (part + 1) / parts;
        for (var first = pixels * part / parts; first < end; first += pixelsAtOnce) {
            normalise(memory, from + first * stride * Float.BYTES, to + first * channels * this.to.bytes(),
                    (int) Math.min(pixelsAtOnce, end - first), room);
        }
    }

    private void normalise(MemorySegment memory, long from, long to, int count, Room room) {
        for (var i = 0; i < count; i++) {
            MemorySegment.copy(memory, JAVA_FLOAT, from + (long) i * stride * Float.BYTES, room.values, i * channels,
                    channels);
        }
        var length = count * channels;
        if (this.to instanceof ValueType.Bytes bytes) {
            round(room.values, factors, sums, least, room.bytes, length);
            if (bytes.range().signed()) lower(room.bytes, length);
            MemorySegment.copy(room.bytes, 0, memory, JAVA_BYTE, to, length);
        } else {
            scale(room.values, factors, sums, least, length);
            MemorySegment.copy(room.values, 0, memory, JAVA_FLOAT, to, length);
        }
    }

    private static void scale(float[] x, float[] factors, float[] sums, float least, int length) {
        for (var i = 0; i < length; i++) x[i] = Math.max(x[i] * factors[i] + sums[i], least);
    }

    private static void round(float[] x, float[] factors, float[] sums, float least, byte[] y, int length) {
        for (var i = 0; i < length; i++) {
            y[i] = (byte) Math.max(Math.min(x[i] * factors[i] + sums[i], LARGEST_BYTE), least);
        }
    }

    private static void lower(byte[] y, int length) {
        for (var i = 0; i < length; i++) y[i] = (byte) (y[i] - SIGNED);
    }
}
