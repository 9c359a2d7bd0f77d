package dev.striate.onednn.winograd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/// Each transform is its matrix on both sides, and the matrices are those of Toom and Cook for 0, ±√½, ±√2 and ∞.
class TransformsTest {
    private static final double NEAR = Math.sqrt(0.5);
    private static final double FAR = Math.sqrt(2);
    private static final double[] POINTS = { 0, NEAR, -NEAR, FAR, -FAR };
    /// Aᵀ: the powers of the points.
    private static final double[][] OUTPUTS = new double[4][6];
    /// G: a filter's polynomial at each point, over the product of that point's distances from the others.
    private static final double[][] FILTERS = new double[6][3];
    /// Bᵀ: the coefficients of the product of x − p over all other points p; at ∞ over all points.
    private static final double[][] INPUTS = { { 1, 0, -2.5, 0, 1, 0 }, { 0, -2 * NEAR, -2, NEAR, 1, 0 },
            { 0, 2 * NEAR, -2, -NEAR, 1, 0 }, { 0, -FAR / 2, -0.5, FAR, 1, 0 }, { 0, FAR / 2, -0.5, -FAR, 1, 0 },
            { 0, 1, 0, -2.5, 0, 1 } };

    static {
        for (var i = 0; i < POINTS.length; i++) {
            var distances = 1.0;
            for (var other : POINTS) distances *= other == POINTS[i] ? 1 : POINTS[i] - other;
            for (var k = 0; k < 4; k++) OUTPUTS[k][i] = Math.pow(POINTS[i], k);
            for (var k = 0; k < 3; k++) FILTERS[i][k] = Math.pow(POINTS[i], k) / distances;
        }
        OUTPUTS[3][5] = 1;
        FILTERS[5][2] = 1;
    }

    private final Arena arena = Arena.ofAuto();

    @Test
    void theMatricesGiveACorrelation() {
        var inputs = random(6, 1, 1);
        var filter = random(3, 1, 2);
        var x = times(INPUTS, inputs);
        var w = times(FILTERS, filter);
        for (var i = 0; i < 6; i++) x[i][0] *= w[i][0];
        var outputs = times(OUTPUTS, x);
        for (var k = 0; k < 4; k++) {
            var sum = inputs[k][0] * filter[0][0] + inputs[k + 1][0] * filter[1][0] + inputs[k + 2][0] * filter[2][0];
            assertThat(outputs[k][0]).as("output %d", k).isCloseTo(sum, within(1e-12));
        }
    }

    @Test
    void inputsAreTransformedByTheirMatrix() {
        var tile = random(6, 6, 3);
        var transformed = planes();
        row().inputTransform(tiling(), memory(tile), 0, transformed, 0);
        thenEquals(transformed.memory(), bothSides(INPUTS, tile));
    }

    @Test
    void productsAreTransformedByTheirMatrixAndGetTheBias() {
        var products = random(6, 6, 4);
        var outputs = arena.allocate(16 * Float.BYTES);
        var bias = Epilogue.of(tiling(), new float[] { 3 }, Epilogue.Sum.NONE, 1);
        row().outputTransform(tiling(), new TilePlanes(memory(products), 1, 1), 0, outputs, 0, bias);
        var expected = bothSides(OUTPUTS, products);
        for (var line : expected) for (var k = 0; k < line.length; k++) line[k] += 3;
        thenEquals(outputs, expected);
    }

    @Test
    void gradientsOfOutputsAreTransformedByTheTransposedMatrix() {
        var gradients = random(4, 4, 5);
        var transformed = planes();
        row().gradientTransform(tiling(), memory(gradients), 0, transformed, 0);
        thenEquals(transformed.memory(), bothSides(transposed(OUTPUTS), gradients));
    }

    @Test
    void filtersAreTransformedByTheirMatrix() {
        var weights = random(3, 3, 6);
        var filters = new TransformedFilters(1, 1);
        var planes = filters.planes();
        for (var i = 0; i < TransformedFilters.AREA; i++) {
            planes[TransformedFilters.plane(i)][0] = (float) weights[i / 3][i % 3];
        }
        var transformed = planes().memory();
        filters.transform(planes, 0, transformed);
        thenEquals(transformed, bothSides(FILTERS, weights));
    }

    @Test
    void gradientsOfFiltersComeBackByTheTransposedMatrix() {
        var sums = random(6, 6, 7);
        var filters = new TransformedFilters(1, 1);
        var planes = filters.planes();
        filters.gradient(memory(sums), 0, planes);
        var gradient = arena.allocate(TransformedFilters.AREA * Float.BYTES);
        for (var i = 0; i < TransformedFilters.AREA; i++) {
            gradient.setAtIndex(JAVA_FLOAT, i, planes[TransformedFilters.plane(i)][0]);
        }
        thenEquals(gradient, bothSides(transposed(FILTERS), sums));
    }

    /// One tile of one channel.
    private static Tiling tiling() {
        return new Tiling(1, new Shape(1, 6, 6), new Shape(1, 4, 4), 0);
    }

    private static TileRow row() {
        var row = new TileRow();
        row.grow(tiling());
        return row;
    }

    private TilePlanes planes() {
        return new TilePlanes(arena.allocate(TilePlanes.bytes(1, 1)), 1, 1);
    }

    private static double[][] random(int rows, int columns, long seed) {
        var stream = RandomStream.of(seed);
        var values = new double[rows][columns];
        for (var i = 0; i < rows * columns; i++) values[i / columns][i % columns] = (float) (stream.uniform(i) - 0.5);
        return values;
    }

    private MemorySegment memory(double[][] values) {
        var memory = arena.allocate((long) values.length * values[0].length * Float.BYTES);
        for (var i = 0; i < values.length * values[0].length; i++) {
            memory.setAtIndex(JAVA_FLOAT, i, (float) values[i / values[0].length][i % values[0].length]);
        }
        return memory;
    }

    private static void thenEquals(MemorySegment values, double[][] expected) {
        var columns = expected[0].length;
        for (var i = 0; i < expected.length * columns; i++) {
            assertThat((double) values.getAtIndex(JAVA_FLOAT, i)).as("value %d", i)
                    .isCloseTo(expected[i / columns][i % columns], within(3e-6));
        }
    }

    private static double[][] bothSides(double[][] matrix, double[][] values) {
        return times(times(matrix, values), transposed(matrix));
    }

    private static double[][] times(double[][] left, double[][] right) {
        var product = new double[left.length][right[0].length];
        for (var i = 0; i < left.length; i++) {
            for (var j = 0; j < right[0].length; j++) {
                for (var k = 0; k < right.length; k++) product[i][j] += left[i][k] * right[k][j];
            }
        }
        return product;
    }

    private static double[][] transposed(double[][] matrix) {
        var transposed = new double[matrix[0].length][matrix.length];
        for (var i = 0; i < matrix.length; i++)
            for (var j = 0; j < matrix[0].length; j++) transposed[j][i] = matrix[i][j];
        return transposed;
    }
}
