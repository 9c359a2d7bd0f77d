package dev.striate.onednn.winograd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/// The 3×3 filters of a convolution: G·w·Gᵀ, and back Gᵀ·u·G for their gradient (Lavin and Gray 2015, §4.3). Their
/// transforms lie as 36 × filters × channels.
public record TransformedFilters(int filters, int channels) {
    private static final int SIDE = 3;
    /// The weights of a filter for one channel.
    public static final int AREA = SIDE * SIDE;
    private static final float NEAR = Tiling.NEAR;
    private static final float FAR = Tiling.FAR;
    private static final float THIRD = 1f / 3;
    private static final float SIXTH = 1f / 6;

    /// Arrays in which one thread transforms filters.
    public float[][] planes() {
        return new float[Tiling.AREA][channels];
    }

    /// The plane in which a weight, 0 to 8, lies before the transform and its gradient after it.
    public static int plane(int weight) {
        return weight / SIDE * Tiling.SIDE + weight % SIDE;
    }

    /// One filter's transform, from the planes of its weights.
    public void transform(float[][] planes, int filter, MemorySegment transformed) {
        for (var q = 0; q < SIDE; q++) widen(planes, q, Tiling.SIDE);
        for (var r = 0; r < Tiling.SIDE; r++) widen(planes, r * Tiling.SIDE, 1);
        for (var plane = 0; plane < Tiling.AREA; plane++) {
            MemorySegment.copy(planes[plane], 0, transformed, JAVA_FLOAT, place(plane, filter), channels);
        }
    }

    /// One filter's gradient, into the planes of its weights.
    public void gradient(MemorySegment transformed, int filter, float[][] planes) {
        for (var plane = 0; plane < Tiling.AREA; plane++) {
            MemorySegment.copy(transformed, JAVA_FLOAT, place(plane, filter), planes[plane], 0, channels);
        }
        for (var q = 0; q < Tiling.SIDE; q++) narrow(planes, q, Tiling.SIDE);
        for (var r = 0; r < SIDE; r++) narrow(planes, r * Tiling.SIDE, 1);
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
            float even = a + 0.5f * e, odd = NEAR * b, wide = a + 2 * e, steep = FAR * b;
            d1[c] = -2 * THIRD * (even + odd);
            d2[c] = -2 * THIRD * (even - odd);
            d3[c] = SIXTH * (wide + steep);
            d4[c] = SIXTH * (wide - steep);
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
            float near = -2 * THIRD * (d1[c] + d2[c]), nearer = -2 * THIRD * NEAR * (d1[c] - d2[c]);
            float far = SIXTH * (d3[c] + d4[c]), farther = SIXTH * FAR * (d3[c] - d4[c]);
            d0[c] = d0[c] + near + far;
            d1[c] = nearer + farther;
            d2[c] = 0.5f * near + 2 * far + d5[c];
        }
    }
}
