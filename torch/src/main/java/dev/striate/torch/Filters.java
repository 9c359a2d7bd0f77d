package dev.striate.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/// The filters of F(4×4, 3×3): G·w·Gᵀ, and back Gᵀ·u·G for their gradient. Weights lie as filters × 3 × 3 × channels, their
/// transforms as 36 × filters × channels.
record Filters(int filters, int channels) {
    private static final int SIDE = 3;
    private static final float SIXTH = 1f / 6;
    private static final float TWELFTH = 1f / 12;
    private static final float TWENTYFOURTH = 1f / 24;

    /// One filter's transform; turned by 180° for the way back.
    void spread(MemorySegment weights, int filter, boolean turned, float[][] planes, MemorySegment spread) {
        for (var r = 0; r < SIDE; r++) {
            for (var q = 0; q < SIDE; q++) {
                var cell = turned ? SIDE * SIDE - 1 - (r * SIDE + q) : r * SIDE + q;
                MemorySegment.copy(weights, JAVA_FLOAT, weight(filter, cell), planes[r * Tiles.SIDE + q], 0, channels);
            }
        }
        for (var q = 0; q < SIDE; q++) widen(planes, q, Tiles.SIDE);
        for (var r = 0; r < Tiles.SIDE; r++) widen(planes, r * Tiles.SIDE, 1);
        for (var plane = 0; plane < Tiles.AREA; plane++) {
            MemorySegment.copy(planes[plane], 0, spread, JAVA_FLOAT, place(plane, filter), channels);
        }
    }

    /// Adds one filter's gradient to the weights'.
    void gather(MemorySegment spread, int filter, float[][] planes, MemorySegment gradient) {
        for (var plane = 0; plane < Tiles.AREA; plane++) {
            MemorySegment.copy(spread, JAVA_FLOAT, place(plane, filter), planes[plane], 0, channels);
        }
        for (var q = 0; q < Tiles.SIDE; q++) narrow(planes, q, Tiles.SIDE);
        for (var r = 0; r < SIDE; r++) narrow(planes, r * Tiles.SIDE, 1);
        for (var cell = 0; cell < SIDE * SIDE; cell++) {
            var plane = planes[cell / SIDE * Tiles.SIDE + cell % SIDE];
            var old = planes[Tiles.AREA - 1];
            MemorySegment.copy(gradient, JAVA_FLOAT, weight(filter, cell), old, 0, channels);
            for (var c = 0; c < channels; c++) plane[c] += old[c];
            MemorySegment.copy(plane, 0, gradient, JAVA_FLOAT, weight(filter, cell), channels);
        }
    }

    private long weight(int filter, int cell) {
        return ((long) filter * SIDE * SIDE + cell) * channels * Float.BYTES;
    }

    private long place(int plane, int filter) {
        return ((long) plane * filters + filter) * channels * Float.BYTES;
    }

    /// G along one axis: three planes become six.
    private void widen(float[][] planes, int first, int step) {
        var d0 = planes[first];
        var d1 = planes[first + step];
        var d2 = planes[first + 2 * step];
        var d3 = planes[first + 3 * step];
        var d4 = planes[first + 4 * step];
        var d5 = planes[first + 5 * step];
        for (var c = 0; c < channels; c++) {
            float a = d0[c], b = d1[c], e = d2[c];
            float ends = -SIXTH * (a + e), wide = TWENTYFOURTH * a + SIXTH * e;
            d0[c] = a / 4;
            d1[c] = ends - SIXTH * b;
            d2[c] = ends + SIXTH * b;
            d3[c] = wide + TWELFTH * b;
            d4[c] = wide - TWELFTH * b;
            d5[c] = e;
        }
    }

    /// Gᵀ along one axis: six planes become three.
    private void narrow(float[][] planes, int first, int step) {
        var d0 = planes[first];
        var d1 = planes[first + step];
        var d2 = planes[first + 2 * step];
        var d3 = planes[first + 3 * step];
        var d4 = planes[first + 4 * step];
        var d5 = planes[first + 5 * step];
        for (var c = 0; c < channels; c++) {
            float sum1 = d1[c] + d2[c], difference1 = d2[c] - d1[c], sum2 = d3[c] + d4[c], difference2 = d3[c] - d4[c];
            d0[c] = d0[c] / 4 - SIXTH * sum1 + TWENTYFOURTH * sum2;
            d1[c] = SIXTH * difference1 + TWELFTH * difference2;
            d2[c] = SIXTH * (sum2 - sum1) + d5[c];
        }
    }
}
