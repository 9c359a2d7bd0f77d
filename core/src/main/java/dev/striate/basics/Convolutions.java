package dev.striate.basics;

import dev.striate.StriateException;

/// Convolution in one, two and three dimensions, and over the channels of a picture.
///
/// As in neural networks all but [#flipped] are cross-correlations: the kernel is not turned around. "Valid" means that
/// the kernel stays inside the input: n − f + 1 values per side.
public final class Convolutions {
    private Convolutions() {}

    /// The valid cross-correlation of a sequence: `y[i] = Σ x[i + a]·k[a]`.
    public static double[] valid(double[] x, double[] kernel) {
        return strided(x, kernel, 1, 0);
    }

    /// The cross-correlation of a sequence with zeros around it: ⌊(n + 2·padding − f)/stride⌋ + 1 values.
    public static double[] strided(double[] x, double[] kernel, int stride, int padding) {
        return strided(new double[][] { x }, new double[][] { kernel }, new Steps(1, stride, 0, padding))[0];
    }

    /// The valid cross-correlation of a picture, rows × columns: `y[i][j] = Σ x[i + a][j + b]·k[a][b]`.
    public static double[][] valid(double[][] x, double[][] kernel) {
        return strided(x, kernel, 1, 0);
    }

    /// The cross-correlation of a picture with zeros around it: ⌊(n + 2·padding − f)/stride⌋ + 1 per side.
    public static double[][] strided(double[][] x, double[][] kernel, int stride, int padding) {
        return strided(x, kernel, new Steps(stride, stride, padding, padding));
    }

    /// The cross-correlation centred on each pixel, with zeros around the picture: the size stays. Kernels of even sides
    /// are centred on the pixel below and to the right of their middle.
    public static double[][] centered(double[][] x, double[][] kernel) {
        var y = new double[x.length][x[0].length];
        for (var i = 0; i < y.length; i++) {
            for (var j = 0; j < y[i].length; j++) {
                y[i][j] = at(x, kernel, i - kernel.length / 2, j - kernel[0].length / 2);
            }
        }
        return y;
    }

    /// The valid convolution of mathematics: the kernel is flipped, up-down and left-right, then slides.
    public static double[][] flipped(double[][] x, double[][] kernel) {
        return valid(x, turned(kernel));
    }

    /// The valid cross-correlation of a volume, depth × rows × columns (a film, a scan).
    public static double[][][] valid(double[][][] x, double[][][] kernel) {
        return strided(x, kernel, 1, 0);
    }

    /// The cross-correlation of a volume with zeros around it: ⌊(n + 2·padding − f)/stride⌋ + 1 per side.
    public static double[][][] strided(double[][][] x, double[][][] kernel, int stride, int padding) {
        var y = new double[steps(x.length, kernel.length, stride, padding)][][];
        for (var depth = 0; depth < y.length; depth++) {
            for (var a = 0; a < kernel.length; a++) {
                var from = depth * stride - padding + a;
                var inside = from >= 0 && from < x.length;
                var part = strided(inside ? x[from] : new double[x[0].length][x[0][0].length], kernel[a], stride,
                        padding);
                y[depth] = y[depth] == null ? part : sum(y[depth], part);
            }
        }
        return y;
    }

    /// A convolutional layer: every filter spans all channels of the picture and gives one channel of the result.
    /// `x` is channels × rows × columns, `filters` filters × channels × kernel rows × kernel columns.
    public static double[][][] layer(double[][][] x, double[][][][] filters, double[] bias, int stride, int padding) {
        var y = new double[filters.length][][];
        for (var f = 0; f < filters.length; f++) {
            if (filters[f].length != x.length) {
                throw new StriateException("Filter " + f + " expects a picture of " + filters[f].length
                        + " channels; received " + x.length + ".");
            }
            for (var c = 0; c < x.length; c++) {
                var part = strided(x[c], filters[f][c], stride, padding);
                y[f] = y[f] == null ? part : sum(y[f], part);
            }
            for (var row : y[f]) for (var j = 0; j < row.length; j++) row[j] += bias[f];
        }
        return y;
    }

    private record Steps(int down, int across, int paddingDown, int paddingAcross) {}

    private static double[][] strided(double[][] x, double[][] kernel, Steps s) {
        var height = steps(x.length, kernel.length, s.down, s.paddingDown);
        var width = steps(x[0].length, kernel[0].length, s.across, s.paddingAcross);
        var y = new double[height][width];
        for (var i = 0; i < height; i++) {
            for (var j = 0; j < width; j++) {
                y[i][j] = at(x, kernel, i * s.down - s.paddingDown, j * s.across - s.paddingAcross);
            }
        }
        return y;
    }

    /// `⌊(n + 2p − f)/s⌋ + 1`; refuses a kernel that does not fit.
    static int steps(int n, int kernel, int stride, int padding) {
        if (stride < 1) throw new StriateException("A stride of at least 1 is expected; received " + stride + ".");
        if (padding < 0) throw new StriateException("A padding of at least 0 is expected; received " + padding + ".");
        if (kernel > n + 2 * padding) {
            throw new StriateException(
                    "A kernel of at most " + (n + 2 * padding) + ", the side of the padded input, is "
                            + "expected; received " + kernel + ".");
        }
        return (n + 2 * padding - kernel) / stride + 1;
    }

    /// The sum of products with the kernel's top left corner at a place; outside the picture there are zeros.
    private static double at(double[][] x, double[][] kernel, int top, int left) {
        var sum = 0.0;
        for (var a = Math.max(0, -top); a < kernel.length && top + a < x.length; a++) {
            for (var b = Math.max(0, -left); b < kernel[a].length && left + b < x[0].length; b++) {
                sum += x[top + a][left + b] * kernel[a][b];
            }
        }
        return sum;
    }

    private static double[][] turned(double[][] kernel) {
        var turned = new double[kernel.length][kernel[0].length];
        for (var a = 0; a < kernel.length; a++) {
            for (var b = 0; b < kernel[a].length; b++) {
                turned[a][b] = kernel[kernel.length - 1 - a][kernel[a].length - 1 - b];
            }
        }
        return turned;
    }

    private static double[][] sum(double[][] a, double[][] b) {
        for (var i = 0; i < a.length; i++) for (var j = 0; j < a[i].length; j++) a[i][j] += b[i][j];
        return a;
    }
}
