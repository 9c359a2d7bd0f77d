package dev.striate.basics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConvolutionMatrixTest {
    @Test
    void writesASmallMatrixOut() {
        var conv = new Op.Conv(1, Window.of(new Size(1, 2)), 1, false);

        assertThat(ConvolutionMatrix.of(conv, new Shape(1, 1, 4), new double[] { 2, 3 }))
                .isDeepEqualTo(new double[][] { { 2, 3, 0, 0 }, { 0, 2, 3, 0 }, { 0, 0, 2, 3 } });
    }

    @Test
    void givesTheSameAsTheConvolution() {
        var window = Window.of(3).withStride(Size.square(2)).withPadding(Size.ONE);
        var matrix = ConvolutionMatrix.of(new Op.Conv(4, window, 1, false), new Shape(3, 7, 7), random(4 * 3 * 9, 1));
        var x = random(3 * 49, 2);
        var filters = new double[4][][][];
        Arrays.setAll(filters, f -> volume(Arrays.copyOfRange(random(4 * 3 * 9, 1), f * 27, (f + 1) * 27), 3, 3));

        var expected = flat(Convolutions.layer(volume(x, 7, 7), filters, new double[4], 2, 1));

        assertThat(matrix).hasDimensions(4 * 16, 3 * 49);
        assertThat(ConvolutionMatrix.times(matrix, x)).containsExactly(expected, within(1e-12));
    }

    @Test
    void keepsGroupsApartAndSpreadsDilatedKernels() {
        var dilated = Window.of(new Size(1, 2)).withDilation(new Size(1, 2));
        var conv = new Op.Conv(2, dilated, 2, false);

        assertThat(ConvolutionMatrix.of(conv, new Shape(2, 1, 3), new double[] { 2, 3, 5, 7 }))
                .isDeepEqualTo(new double[][] { { 2, 0, 3, 0, 0, 0 }, { 0, 0, 0, 5, 0, 7 } });
    }

    /// The gradient of a sum of outputs weighted by g, against central differences of the convolution itself.
    @Test
    void carriesGradientsBackAsTheConvolutionDoes() {
        var conv = new Op.Conv(2, Window.of(2), 1, false);
        var weight = random(2 * 4, 3);
        var filters = new double[][][][] {
                volume(Arrays.copyOf(weight, 4), 2, 2), volume(Arrays.copyOfRange(weight, 4, 8), 2, 2)
        };
        var x = random(16, 4);
        var g = random(2 * 9, 5);

        var gradient = ConvolutionMatrix.transposedTimes(ConvolutionMatrix.of(conv, new Shape(1, 4, 4), weight), g);

        for (var i = 0; i < x.length; i++) {
            var up = weighted(g, moved(x, i, 1e-4), filters);
            var down = weighted(g, moved(x, i, -1e-4), filters);
            assertThat(gradient[i]).as("input %d", i).isEqualTo((up - down) / 2e-4, within(1e-8));
        }
    }

    @Test
    void refusesWeightsOfAnotherNumber() {
        var conv = new Op.Conv(2, Window.of(3), 1, false);

        assertThatThrownBy(() -> ConvolutionMatrix.of(conv, new Shape(1, 8, 8), new double[17]))
                .hasMessage("The convolution expects 18 weights for a picture of 1×8×8; received 17.");
    }

    @Test
    void refusesAPictureThatTheKernelDoesNotFit() {
        var conv = new Op.Conv(1, Window.of(3), 1, false);

        assertThatThrownBy(() -> ConvolutionMatrix.of(conv, new Shape(1, 2, 8), new double[9]))
                .hasMessageContaining("received 1×2×8");
    }

    private static double weighted(double[] g, double[] x, double[][][][] filters) {
        var y = flat(Convolutions.layer(volume(x, 4, 4), filters, new double[2], 1, 0));
        var sum = 0.0;
        for (var i = 0; i < y.length; i++) sum += g[i] * y[i];
        return sum;
    }

    private static double[] moved(double[] x, int index, double by) {
        var moved = x.clone();
        moved[index] += by;
        return moved;
    }

    private static double[] random(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    private static double[][][] volume(double[] flat, int height, int width) {
        var volume = new double[flat.length / (height * width)][height][width];
        for (var i = 0; i < flat.length; i++) volume[i / (height * width)][i / width % height][i % width] = flat[i];
        return volume;
    }

    private static double[] flat(double[][][] volume) {
        return Arrays.stream(volume).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    }
}
