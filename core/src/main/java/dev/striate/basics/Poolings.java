package dev.striate.basics;

import java.util.function.DoubleBinaryOperator;

/// Pooling of a picture, rows × columns: ⌊(n − size)/stride⌋ + 1 values per side, no parameters.
public final class Poolings {
    private Poolings() {}

    /// The largest value of each size × size square; a stride below the size lets the squares overlap.
    public static double[][] max(double[][] x, int size, int stride) {
        return pool(x, size, stride, Double.NEGATIVE_INFINITY, Math::max);
    }

    /// The mean of each size × size square.
    public static double[][] average(double[][] x, int size, int stride) {
        var y = pool(x, size, stride, 0, Double::sum);
        for (var row : y) for (var j = 0; j < row.length; j++) row[j] /= size * size;
        return y;
    }

    private static double[][] pool(double[][] x, int size, int stride, double start, DoubleBinaryOperator combine) {
        var height = Convolutions.steps(x.length, size, stride, 0);
        var width = Convolutions.steps(x[0].length, size, stride, 0);
        var y = new double[height][width];
        for (var i = 0; i < height; i++) {
            for (var j = 0; j < width; j++) {
                y[i][j] = start;
                for (var a = 0; a < size; a++) {
                    for (var b = 0; b < size; b++) {
                        y[i][j] = combine.applyAsDouble(y[i][j], x[i * stride + a][j * stride + b]);
                    }
                }
            }
        }
        return y;
    }
}
