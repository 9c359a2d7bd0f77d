package dev.striate.basics;

import dev.striate.StriateException;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;

/// A convolution as what it is a special case of: a fully connected layer, most of whose weights are zero and the others
/// shared.
///
/// Pictures are flat arrays in the order channels, rows, columns; row o of the matrix holds the weights with which output
/// value o sees each input value. Forward is `W·x`, the gradient with respect to the input `Wᵀ·g`.
public final class ConvolutionMatrix {
    private ConvolutionMatrix() {}

    /// The dense matrix, outputs × inputs, of a convolution on pictures of a shape; `weight` is filters × channels/groups ×
    /// kernel rows × kernel columns, flat. Meant for small networks: VGG's second layer would need 82
    /// terabytes. A bias is added outside.
    public static double[][] of(Op.Conv conv, Shape input, double[] weight) {
        var window = conv.window();
        var channels = input.channels() / conv.groups();
        var expected = conv.filters() * channels * window.kernel().area();
        if (weight.length != expected) {
            throw new StriateException("The convolution expects " + expected + " weights for a picture of " + input
                    + "; received " + weight.length + ".");
        }
        if (input.channels() % conv.groups() != 0 || !window.fits(input.size())) {
            throw new StriateException("The convolution expects a picture that its groups divide and its kernel of "
                    + window.kernel() + " fits into; received " + input + ".");
        }
        var output = input.withSize(window.output(input.size())).withChannels(conv.filters());
        var matrix = new double[Math.toIntExact(output.elements())][Math.toIntExact(input.elements())];
        for (var filter = 0; filter < conv.filters(); filter++) {
            var firstChannel = filter / (conv.filters() / conv.groups()) * channels;
            for (var c = 0; c < channels; c++) {
                var kernel = (filter * channels + c) * window.kernel().area();
                fill(matrix, conv, new Plane(filter, output.size()), new Plane(firstChannel + c, input.size()),
                        weight, kernel);
            }
        }
        return matrix;
    }

    /// One channel of a flat picture.
    private record Plane(int channel, Size size) {
        int at(int row, int column) {
            return (channel * size.height() + row) * size.width() + column;
        }

        boolean has(int row, int column) {
            return row >= 0 && row < size.height() && column >= 0 && column < size.width();
        }
    }

    /// Writes one kernel, which begins at an offset of the weights, into the rows of one output channel.
    private static void fill(double[][] matrix, Op.Conv conv, Plane out, Plane in, double[] weight, int offset) {
        var w = conv.window();
        var kernel = new Plane(0, w.kernel());
        for (var place = 0; place < out.size.area(); place++) {
            var i = place / out.size.width();
            var j = place % out.size.width();
            for (var a = 0; a < w.kernel().height(); a++) {
                for (var b = 0; b < w.kernel().width(); b++) {
                    var row = i * w.stride().height() - w.padding().height() + a * w.dilation().height();
                    var column = j * w.stride().width() - w.padding().width() + b * w.dilation().width();
                    if (in.has(row, column))
                        matrix[out.at(i, j)][in.at(row, column)] = weight[offset + kernel.at(a, b)];
                }
            }
        }
    }

    /// The matrix times a vector.
    public static double[] times(double[][] matrix, double[] x) {
        var y = new double[matrix.length];
        for (var i = 0; i < y.length; i++) for (var j = 0; j < x.length; j++) y[i] += matrix[i][j] * x[j];
        return y;
    }

    /// The transposed matrix times a vector: carries a gradient back through the layer.
    public static double[] transposedTimes(double[][] matrix, double[] gradient) {
        var x = new double[matrix[0].length];
        for (var i = 0; i < gradient.length; i++) for (var j = 0; j < x.length; j++) x[j] += matrix[i][j] * gradient[i];
        return x;
    }
}
