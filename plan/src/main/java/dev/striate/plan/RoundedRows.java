package dev.striate.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/// Normalises channels of float32 pixel by pixel, rectifies them and rounds them to 8 bits, in one pass; they may be the first
/// of more channels, as in DenseNet's growing concatenations. Loops over many pixels at once, in local arrays: so the JIT compiler
/// vectorises them.
final class RoundedRows {
    /// How many values a loop is over, about: as much as a first-level cache holds beside factors and sums.
    private static final int LENGTH = 2048;
    private static final int MOST = 255;
    /// Added to signed values, so that none is negative.
    private static final int SIGNED = 128;

    private final int channels;
    private final int stride;
    private final long pixels;
    private final int pixelsAtOnce;
    private final float[] factors;
    private final float[] sums;
    private final float least;
    private final int zero;

    /// Room for the values of one loop.
    static final class Room {
        private float[] values = new float[0];
        private byte[] bytes = new byte[0];

        void grow(RoundedRows rows) {
            var length = rows.pixelsAtOnce * rows.channels;
            if (values.length >= length) return;
            values = new float[length];
            bytes = new byte[length];
        }
    }

    /// @param stride the channels of a whole pixel
    RoundedRows(Computation.ChannelScale scale, boolean relu, Quantisation.Range to, int stride, long pixels) {
        channels = scale.scale().length;
        this.stride = stride;
        this.pixels = pixels;
        pixelsAtOnce = Math.ceilDiv(LENGTH, channels);
        zero = to.signed() ? SIGNED : 0;
        // Half a step, and what makes all values positive: then rounding is cutting off.
        least = relu ? zero : 0;
        factors = new float[pixelsAtOnce * channels];
        sums = new float[factors.length];
        for (var i = 0; i < factors.length; i++) {
            factors[i] = (float) (scale.scale()[i % channels] / to.scale());
            sums[i] = (float) (scale.shift()[i % channels] / to.scale() + zero + 0.5);
        }
    }

    /// Reads one of several equal parts of the pixels, of which the first has its values from byte `from` on, and writes their
    /// bytes from byte `to` on. A part's pixels lie together, as those that a thread of oneDNN's has written do.
    void round(int part, int parts, MemorySegment memory, long from, long to, Room room) {
        var end = pixels * (part + 1) / parts;
        for (var first = pixels * part / parts; first < end; first += pixelsAtOnce) {
            round(memory, from + first * stride * Float.BYTES, to + first * channels,
                    (int) Math.min(pixelsAtOnce, end - first), room);
        }
    }

    private void round(MemorySegment memory, long from, long to, int count, Room room) {
        for (var i = 0; i < count; i++) {
            MemorySegment.copy(memory, JAVA_FLOAT, from + (long) i * stride * Float.BYTES, room.values, i * channels,
                    channels);
        }
        round(room.values, factors, sums, least, room.bytes, count * channels);
        if (zero > 0) lower(room.bytes, count * channels);
        MemorySegment.copy(room.bytes, 0, memory, JAVA_BYTE, to, count * channels);
    }

    private static void round(float[] x, float[] factors, float[] sums, float least, byte[] y, int length) {
        for (var i = 0; i < length; i++) {
            y[i] = (byte) Math.max(Math.min(x[i] * factors[i] + sums[i], MOST), least);
        }
    }

    private static void lower(byte[] y, int length) {
        for (var i = 0; i < length; i++) y[i] = (byte) (y[i] - SIGNED);
    }
}
