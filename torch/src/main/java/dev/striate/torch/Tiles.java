package dev.striate.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The transforms of Winograd's minimal filtering F(4×4, 3×3) on whole rows of tiles (Lavin and Gray 2015, §4.3).
///
/// A picture of height × width, padded by one on each side, is cut into tiles of 4×4 outputs, each of which sees 6×6
/// inputs. A row of tiles is 36 (or, for outputs, 16 of the 36) planes of columns × channels; pictures are N×H×W×C.
record Tiles(int height, int width) {
    static final int SIDE = 6;
    static final int AREA = SIDE * SIDE;
    static final int FILTER_AREA = 9;
    private static final int OUTPUTS = 4;

    int rows() {
        return Math.ceilDiv(height, OUTPUTS);
    }

    int columns() {
        return Math.ceilDiv(width, OUTPUTS);
    }

    int perPicture() {
        return rows() * columns();
    }

    static float[][] planes(int length) {
        return new float[AREA][length];
    }

    /// Bᵀ·d·B of a row of tiles.
    ///
    /// @param row counted over all rows of all pictures
    void ofInputs(MemorySegment pictures, int channels, int row, float[][] planes) {
        for (var r = 0; r < SIDE; r++) {
            for (var q = 0; q < SIDE; q++) read(pictures, channels, row, r - 1, q - 1, planes[r * SIDE + q]);
        }
        for (var q = 0; q < SIDE; q++) input(planes, q, SIDE, columns() * channels);
        for (var r = 0; r < SIDE; r++) input(planes, r * SIDE, 1, columns() * channels);
    }

    /// A·g·Aᵀ of a row of tiles of the output's gradient.
    void ofGradients(MemorySegment pictures, int channels, int row, float[][] planes) {
        for (var r = 0; r < OUTPUTS; r++) {
            for (var q = 0; q < OUTPUTS; q++) read(pictures, channels, row, r, q, planes[r * SIDE + q]);
        }
        for (var q = 0; q < OUTPUTS; q++) gradient(planes, q, SIDE, columns() * channels);
        for (var r = 0; r < SIDE; r++) gradient(planes, r * SIDE, 1, columns() * channels);
    }

    /// Writes Aᵀ·m·A of a row of tiles into the pictures, over the planes.
    void toOutputs(float[][] planes, MemorySegment pictures, int channels, int row) {
        for (var q = 0; q < SIDE; q++) output(planes, q, SIDE, columns() * channels);
        for (var r = 0; r < OUTPUTS; r++) output(planes, r * SIDE, 1, columns() * channels);
        for (var r = 0; r < OUTPUTS; r++) {
            for (var q = 0; q < OUTPUTS; q++) write(planes[r * SIDE + q], pictures, channels, row, r, q);
        }
    }

    /// The pixels at one offset within each tile of the row, zero where they lie outside.
    private void read(MemorySegment pictures, int channels, int row, int down, int right, float[] plane) {
        var y = row % rows() * OUTPUTS + down;
        if (y < 0 || y >= height) {
            Arrays.fill(plane, 0, columns() * channels, 0f);
            return;
        }
        for (var column = 0; column < columns(); column++) {
            var x = column * OUTPUTS + right;
            var to = column * channels;
            if (x < 0 || x >= width) Arrays.fill(plane, to, to + channels, 0f);
            else MemorySegment.copy(pictures, JAVA_FLOAT, place(row, y, x, channels), plane, to, channels);
        }
    }

    private void write(float[] plane, MemorySegment pictures, int channels, int row, int down, int right) {
        var y = row % rows() * OUTPUTS + down;
        if (y >= height) return;
        for (var x = right; x < width; x += OUTPUTS) {
            MemorySegment.copy(plane, x / OUTPUTS * channels, pictures, JAVA_FLOAT, place(row, y, x, channels),
                    channels);
        }
    }

    private long place(int row, int y, int x, int channels) {
        return (((long) (row / rows()) * height + y) * width + x) * channels * Float.BYTES;
    }

    /// Bᵀ along one axis of the 6×6, in place.
    private static void input(float[][] planes, int first, int step, int length) {
        var d0 = planes[first];
        var d1 = planes[first + step];
        var d2 = planes[first + 2 * step];
        var d3 = planes[first + 3 * step];
        var d4 = planes[first + 4 * step];
        var d5 = planes[first + 5 * step];
        for (var i = 0; i < length; i++) {
            float a = d0[i], b = d1[i], c = d2[i], d = d3[i], e = d4[i], f = d5[i];
            float even = e - 4 * c, odd = d - 4 * b, near = e - c, far = 2 * (d - b);
            d0[i] = 4 * a - 5 * c + e;
            d1[i] = even + odd;
            d2[i] = even - odd;
            d3[i] = near + far;
            d4[i] = near - far;
            d5[i] = 4 * b - 5 * d + f;
        }
    }

    /// Aᵀ along one axis: six planes become four.
    private static void output(float[][] planes, int first, int step, int length) {
        var d0 = planes[first];
        var d1 = planes[first + step];
        var d2 = planes[first + 2 * step];
        var d3 = planes[first + 3 * step];
        var d4 = planes[first + 4 * step];
        var d5 = planes[first + 5 * step];
        for (var i = 0; i < length; i++) {
            float b = d1[i], c = d2[i], d = d3[i], e = d4[i];
            float sum1 = b + c, difference1 = b - c, sum2 = d + e, difference2 = d - e;
            d0[i] = d0[i] + sum1 + sum2;
            d1[i] = difference1 + 2 * difference2;
            d2[i] = sum1 + 4 * sum2;
            d3[i] = difference1 + 8 * difference2 + d5[i];
        }
    }

    /// A along one axis: four planes become six.
    private static void gradient(float[][] planes, int first, int step, int length) {
        var d0 = planes[first];
        var d1 = planes[first + step];
        var d2 = planes[first + 2 * step];
        var d3 = planes[first + 3 * step];
        var d4 = planes[first + 4 * step];
        var d5 = planes[first + 5 * step];
        for (var i = 0; i < length; i++) {
            float a = d0[i], b = d1[i], c = d2[i], d = d3[i];
            float even = a + c, odd = b + d, wide = a + 4 * c, steep = 2 * b + 8 * d;
            d1[i] = even + odd;
            d2[i] = even - odd;
            d3[i] = wide + steep;
            d4[i] = wide - steep;
            d5[i] = d;
        }
    }
}
