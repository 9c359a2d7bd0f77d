package dev.striate.basics;

import dev.striate.StriateException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Kernels that do something to see on a picture, by name.
public enum Kernels {
    /// The mean of a 3×3 square.
    BLUR(new double[][] { { 1 / 9.0, 1 / 9.0, 1 / 9.0 }, { 1 / 9.0, 1 / 9.0, 1 / 9.0 },
            { 1 / 9.0, 1 / 9.0, 1 / 9.0 } }),
    SHARPEN(new double[][] { { 0, -1, 0 }, { -1, 5, -1 }, { 0, -1, 0 } }),
    /// Edges in all directions: the difference to the eight neighbours.
    EDGES(new double[][] { { 1, 1, 1 }, { 1, -8, 1 }, { 1, 1, 1 } }),
    /// Vertical edges (Prewitt): positive where it is brighter to the left.
    PREWITT_VERTICAL(new double[][] { { 1, 0, -1 }, { 1, 0, -1 }, { 1, 0, -1 } }),
    /// Horizontal edges (Prewitt): positive where it is brighter above.
    PREWITT_HORIZONTAL(new double[][] { { 1, 1, 1 }, { 0, 0, 0 }, { -1, -1, -1 } }),
    /// Vertical edges (Sobel), the middle row counting twice.
    SOBEL_VERTICAL(new double[][] { { 1, 0, -1 }, { 2, 0, -2 }, { 1, 0, -1 } }),
    /// Horizontal edges (Sobel), the middle column counting twice.
    SOBEL_HORIZONTAL(new double[][] { { 1, 2, 1 }, { 0, 0, 0 }, { -1, -2, -1 } }),
    /// The 7×7 curve detector of Deshpande's "A Beginner's Guide to Understanding Convolutional Neural Networks" (2016).
    CURVE(new double[][] {
            { 0, 0, 0, 0, 0, 30, 0 },
            { 0, 0, 0, 0, 30, 0, 0 },
            { 0, 0, 0, 30, 0, 0, 0 },
            { 0, 0, 0, 30, 0, 0, 0 },
            { 0, 0, 0, 30, 0, 0, 0 },
            { 0, 0, 0, 30, 0, 0, 0 },
            { 0, 0, 0, 0, 0, 0, 0 }
    });

    private final double[][] matrix;

    Kernels(double[][] matrix) {
        this.matrix = matrix;
    }

    /// The kernel of a name as [#toString] gives it, `sobel-vertical`; refuses an unknown one and lists all.
    public static Kernels named(String name) {
        return Arrays.stream(values())
                .filter(kernel -> kernel.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new StriateException("A kernel named "
                        + Arrays.stream(values()).map(Kernels::toString).collect(Collectors.joining(", "))
                        + " is expected; received '" + name + "'."));
    }

    /// A copy of the kernel, rows × columns, to be used with [Convolutions#centered].
    public double[][] matrix() {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
