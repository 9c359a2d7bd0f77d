package dev.striate.onednn.winograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Transform, products and transform back give a convolution, whatever the sizes.
class ConvolutionByTilesTest {
    private static final int PICTURES = 2;
    private static final int CHANNELS = 5;
    private static final int FILTERS = 3;

    private final Arena arena = Arena.ofAuto();

    @ParameterizedTest(name = "{0}x{1}, padding {2}")
    @CsvSource({ "8,8,1", "7,10,1", "3,5,1", "9,6,0", "4,13,0", "1,1,1", "3,4,2" })
    void equalsTheConvolution(int height, int width, int padding) {
        var x = new Shape(CHANNELS, height, width);
        var y = new Shape(FILTERS, height + 2 * padding - 2, width + 2 * padding - 2);
        var tiling = new Tiling(PICTURES, x, y, padding);
        var pictures = values(PICTURES * x.elements(), 1);
        var weights = values((long) FILTERS * CHANNELS * TransformedFilters.AREA, 2); // filters × channels × 3 × 3
        var bias = new float[] { 0.5f, -1, 2 };
        var outputs = values(PICTURES * y.elements(), 3);
        var expected = new double[Math.toIntExact(PICTURES * y.elements())];
        for (var i = 0; i < expected.length; i++) {
            var sum = get(outputs, i) + bias[i % FILTERS] + direct(tiling, pictures, weights, i);
            expected[i] = sum < 0 ? sum / 8 : sum;
        }
        convolve(tiling, pictures, weights, outputs, Epilogue.of(tiling, bias, Epilogue.Sum.BEFORE_CURVE, 1f / 8));
        for (var i = 0; i < expected.length; i++) {
            assertThat((double) get(outputs, i)).as("output %d", i).isCloseTo(expected[i], Offset.offset(1e-5));
        }
    }

    private void convolve(Tiling tiling, MemorySegment pictures, MemorySegment weights, MemorySegment outputs,
            Epilogue epilogue) {
        var tiles = tiling.rows() * tiling.columns();
        var transformed = new TilePlanes(arena.allocate(TilePlanes.bytes(tiles, CHANNELS), 64), tiles, CHANNELS);
        var products = new TilePlanes(arena.allocate(TilePlanes.bytes(tiles, FILTERS), 64), tiles, FILTERS);
        var filters = arena.allocate(TilePlanes.bytes(FILTERS, CHANNELS), 64);
        transform(weights, filters);
        var row = new TileRow();
        row.grow(tiling);
        for (var i = 0; i < tiling.rows(); i++)
            row.inputTransform(tiling, pictures, i, transformed, i * tiling.columns());
        multiply(tiles, transformed.memory(), filters, products.memory());
        for (var i = 0; i < tiling.rows(); i++) {
            row.outputTransform(tiling, products, i * tiling.columns(), outputs, i, epilogue);
        }
    }

    private static void transform(MemorySegment weights, MemorySegment transformed) {
        var filters = new TransformedFilters(FILTERS, CHANNELS);
        var planes = filters.planes();
        for (var f = 0; f < FILTERS; f++) {
            for (var c = 0; c < CHANNELS; c++) {
                for (var i = 0; i < TransformedFilters.AREA; i++) {
                    planes[TransformedFilters.plane(i)][c] = get(weights,
                            (f * CHANNELS + c) * TransformedFilters.AREA + i);
                }
            }
            filters.transform(planes, f, transformed);
        }
    }

    private static void multiply(int tiles, MemorySegment left, MemorySegment right, MemorySegment result) {
        for (var i = 0; i < Tiling.AREA * tiles * FILTERS; i++) {
            var plane = i / (tiles * FILTERS);
            var filter = plane * FILTERS + i % FILTERS;
            var sum = 0.0;
            for (var c = 0; c < CHANNELS; c++) {
                sum += get(left, i / FILTERS * CHANNELS + c) * get(right, filter * CHANNELS + c);
            }
            result.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) sum);
        }
    }

    private static double direct(Tiling tiling, MemorySegment pictures, MemorySegment weights, int output) {
        var filter = output % FILTERS;
        var column = output / FILTERS % tiling.y().width();
        var row = output / FILTERS / tiling.y().width() % tiling.y().height();
        var picture = output / FILTERS / tiling.y().width() / tiling.y().height();
        var sum = 0.0;
        for (var i = 0; i < TransformedFilters.AREA; i++) {
            var h = row + i / 3 - tiling.padding();
            var w = column + i % 3 - tiling.padding();
            if (h < 0 || h >= tiling.x().height() || w < 0 || w >= tiling.x().width()) continue;
            var pixel = (picture * tiling.x().height() + h) * tiling.x().width() + w;
            for (var c = 0; c < CHANNELS; c++) {
                sum += get(pictures, pixel * CHANNELS + c)
                        * (double) get(weights, (filter * CHANNELS + c) * TransformedFilters.AREA + i);
            }
        }
        return sum;
    }

    private MemorySegment values(long count, long seed) {
        var values = arena.allocate(count * Float.BYTES, 64);
        var stream = RandomStream.of(seed);
        for (var i = 0L; i < count; i++) {
            values.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (stream.uniform(i) - 0.5));
        }
        return values;
    }

    private static float get(MemorySegment values, long index) {
        return values.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }
}
