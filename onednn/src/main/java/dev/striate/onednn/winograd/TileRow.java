package dev.striate.onednn.winograd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.striate.graph.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The arrays in which one thread transforms rows of tiles, and how (Lavin and Gray 2015, §4.3).
///
/// Rows of a picture are transformed across each other as they lie in memory; then their pixels are sorted by their place
/// within their tiles and transformed along the row. Loops run over whole rows and all channels, in local arrays: so the
/// JIT compiler vectorises them.
public final class TileRow {
    private static final int SIDE = Tiling.SIDE;
    private static final int OUTPUTS = Tiling.OUTPUTS;
    private static final float NEAR = Tiling.NEAR;
    private static final float FAR = Tiling.FAR;

    private float[][] rows = new float[SIDE][0];
    private float[][] planes = new float[OUTPUTS * SIDE][0];

    /// Makes room for the rows of a batch.
    public void grow(Tiling tiling) {
        var widest = Math.max(tiling.x().channels(), tiling.y().channels());
        var row = (OUTPUTS * tiling.columns() + 2) * widest;
        var plane = tiling.columns() * widest;
        if (rows[0].length < row) rows = new float[SIDE][row];
        if (planes[0].length < plane) planes = new float[OUTPUTS * SIDE][plane];
    }

    /// Bᵀ·d·B of a row of tiles of the pictures.
    ///
    /// @param row counted over all rows of all pictures
    /// @param at the row's first tile within the chunk
    public void inputTransform(Tiling tiling, MemorySegment pictures, int row, TilePlanes chunk, int at) {
        var length = (OUTPUTS * tiling.columns() + 2) * tiling.x().channels();
        for (var r = 0; r < SIDE; r++) {
            var place = tiling.place(tiling.x(), row, tiling.top(row) + r - tiling.padding());
            read(pictures, place, tiling.x(), tiling.padding(), rows[r], length);
        }
        inputs(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], length);
        var each = tiling.columns() * tiling.x().channels();
        for (var r = 0; r < SIDE; r++) {
            for (var q = 0; q < SIDE; q++) sort(rows[r], q, planes[q], tiling.x().channels(), tiling.columns());
            inputs(planes[0], planes[1], planes[2], planes[3], planes[4], planes[5], each);
            for (var q = 0; q < SIDE; q++) chunk.store(r * SIDE + q, at, planes[q], each);
        }
    }

    /// A·g·Aᵀ of a row of tiles of the outputs' gradients.
    public void gradientTransform(Tiling tiling, MemorySegment gradients, int row, TilePlanes chunk, int at) {
        var length = OUTPUTS * tiling.columns() * tiling.y().channels();
        for (var r = 0; r < OUTPUTS; r++) {
            read(gradients, tiling.place(tiling.y(), row, tiling.top(row) + r), tiling.y(), 0, rows[r], length);
        }
        gradients(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], length);
        var each = tiling.columns() * tiling.y().channels();
        for (var r = 0; r < SIDE; r++) {
            for (var q = 0; q < OUTPUTS; q++) sort(rows[r], q, planes[q], tiling.y().channels(), tiling.columns());
            gradients(planes[0], planes[1], planes[2], planes[3], planes[4], planes[5], each);
            for (var q = 0; q < SIDE; q++) chunk.store(r * SIDE + q, at, planes[q], each);
        }
    }

    /// Writes Aᵀ·m·A of a row of tiles, and what follows it, into the outputs.
    public void outputTransform(Tiling tiling, TilePlanes chunk, int at, MemorySegment outputs, int row,
            Epilogue epilogue) {
        var length = tiling.columns() * tiling.y().channels();
        for (var q = 0; q < SIDE; q++) {
            // Six become four, for which there is room; the last two are needed no longer.
            float[] d0 = planes[q], d1 = planes[SIDE + q], d2 = planes[2 * SIDE + q], d3 = planes[3 * SIDE + q];
            float[] d4 = rows[0], d5 = rows[1];
            chunk.load(q, at, d0, length);
            chunk.load(SIDE + q, at, d1, length);
            chunk.load(2 * SIDE + q, at, d2, length);
            chunk.load(3 * SIDE + q, at, d3, length);
            chunk.load(4 * SIDE + q, at, d4, length);
            chunk.load(5 * SIDE + q, at, d5, length);
            outputs(d0, d1, d2, d3, d4, d5, length);
        }
        var heights = Math.min(OUTPUTS, tiling.y().height() - tiling.top(row));
        for (var r = 0; r < heights; r++) {
            var f = r * SIDE;
            float[] d0 = planes[f], d1 = planes[f + 1], d2 = planes[f + 2], d3 = planes[f + 3];
            float[] d4 = planes[f + 4], d5 = planes[f + 5];
            if (epilogue.bias().length == 0) outputs(d0, d1, d2, d3, d4, d5, length);
            else outputs(d0, d1, d2, d3, d4, d5, epilogue.bias(), length);
            write(tiling, r, outputs, tiling.place(tiling.y(), row, tiling.top(row) + r), epilogue);
        }
    }

    /// A row of pixels with zeros around it; none but zeros for a row outside.
    private static void read(MemorySegment pictures, long place, Shape shape, int padding, float[] to, int length) {
        var before = padding * shape.channels();
        var pixels = place < 0 ? 0 : Math.min(shape.width() * shape.channels(), length - before);
        Arrays.fill(to, 0, before, 0f);
        if (pixels > 0) MemorySegment.copy(pictures, JAVA_FLOAT, place, to, before, pixels);
        Arrays.fill(to, before + pixels, length, 0f);
    }

    /// The pixels at place `q` of each tile.
    private static void sort(float[] row, int q, float[] plane, int channels, int columns) {
        for (var column = 0; column < columns; column++) {
            System.arraycopy(row, (OUTPUTS * column + q) * channels, plane, column * channels, channels);
        }
    }

    private void write(Tiling tiling, int r, MemorySegment outputs, long place, Epilogue epilogue) {
        var filters = tiling.y().channels();
        var length = tiling.y().width() * filters;
        var values = rows[0];
        for (var q = 0; q < OUTPUTS; q++) {
            var from = planes[r * SIDE + q];
            for (var column = 0; column < tiling.columns(); column++) {
                System.arraycopy(from, column * filters, values, (OUTPUTS * column + q) * filters, filters);
            }
        }
        if (epilogue.sum() != Epilogue.Sum.NONE) MemorySegment.copy(outputs, JAVA_FLOAT, place, rows[1], 0, length);
        epilogue.apply(values, rows[1], length);
        MemorySegment.copy(values, 0, outputs, JAVA_FLOAT, place, length);
    }

    /// Bᵀ along one axis, in place.
    private static void inputs(float[] d0, float[] d1, float[] d2, float[] d3, float[] d4, float[] d5, int length) {
        for (var i = 0; i < length; i++) {
            float a = d0[i], b = d1[i], c = d2[i], d = d3[i], e = d4[i], f = d5[i];
            float even = e - 2 * c, odd = NEAR * (d - 2 * b), wide = e - 0.5f * c, steep = FAR * (d - 0.5f * b);
            d0[i] = a - 2.5f * c + e;
            d1[i] = even + odd;
            d2[i] = even - odd;
            d3[i] = wide + steep;
            d4[i] = wide - steep;
            d5[i] = b - 2.5f * d + f;
        }
    }

    /// Aᵀ along one axis: six become four.
    private static void outputs(float[] d0, float[] d1, float[] d2, float[] d3, float[] d4, float[] d5, int length) {
        for (var i = 0; i < length; i++) {
            float b = d1[i], c = d2[i], d = d3[i], e = d4[i];
            float near = b + c, nearer = NEAR * (b - c), far = d + e, farther = FAR * (d - e);
            d0[i] = d0[i] + near + far;
            d1[i] = nearer + farther;
            d2[i] = 0.5f * near + 2 * far;
            d3[i] = 0.5f * nearer + 2 * farther + d5[i];
        }
    }

    /// The same, and a bias for all four.
    private static void outputs(float[] d0, float[] d1, float[] d2, float[] d3, float[] d4, float[] d5, float[] bias,
            int length) {
        for (var i = 0; i < length; i++) {
            float b = d1[i], c = d2[i], d = d3[i], e = d4[i], all = bias[i];
            float near = b + c, nearer = NEAR * (b - c), far = d + e, farther = FAR * (d - e);
            d0[i] = d0[i] + near + far + all;
            d1[i] = nearer + farther + all;
            d2[i] = 0.5f * near + 2 * far + all;
            d3[i] = 0.5f * nearer + 2 * farther + d5[i] + all;
        }
    }

    /// A along one axis: four become six.
    private static void gradients(float[] d0, float[] d1, float[] d2, float[] d3, float[] d4, float[] d5, int length) {
        for (var i = 0; i < length; i++) {
            float a = d0[i], b = d1[i], c = d2[i], d = d3[i];
            float even = a + 0.5f * c, odd = NEAR * (b + 0.5f * d), wide = a + 2 * c, steep = FAR * (b + 2 * d);
            d1[i] = even + odd;
            d2[i] = even - odd;
            d3[i] = wide + steep;
            d4[i] = wide - steep;
            d5[i] = d;
        }
    }
}
