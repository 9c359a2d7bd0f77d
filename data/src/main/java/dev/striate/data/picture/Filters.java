package dev.striate.data.picture;

import dev.striate.StriateException;
import dev.striate.basics.Convolutions;
import dev.striate.basics.Kernels;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/// Kernels slid over pictures, channel by channel.
public final class Filters {
    private Filters() {}

    /// The picture under a kernel, of the same size: its edge pixels are repeated outwards. A kernel whose weights sum to
    /// 0 finds edges, and its result is shown by its size; another's is divided by that sum. Values end within 0 to 255.
    /// Refuses a kernel that is larger than the picture.
    public static Picture apply(Picture picture, Kernels kernel) {
        var weights = kernel.matrix();
        if (weights.length > picture.height() || weights[0].length > picture.width()) {
            throw new StriateException("The kernel " + kernel + " of " + weights.length + "×" + weights[0].length
                    + " expects a picture at least as large; received " + picture.height() + "×" + picture.width()
                    + ".");
        }
        var sum = Arrays.stream(weights).flatMapToDouble(DoubleStream::of).sum();
        var edges = Math.abs(sum) < 1e-9;
        var result = Picture.black(picture.width(), picture.height(), picture.channels());
        for (var channel = 0; channel < picture.channels(); channel++) {
            var values = Convolutions.valid(padded(picture, channel, weights), weights);
            for (var y = 0; y < picture.height(); y++) {
                for (var x = 0; x < picture.width(); x++) {
                    var value = edges ? Math.abs(values[y][x]) : values[y][x] / sum;
                    result.pixels()[(y * picture.width() + x) * picture.channels() + channel] = (byte) Math
                            .clamp(Math.round(value), 0, 255);
                }
            }
        }
        return result;
    }

    private static double[][] padded(Picture picture, int channel, double[][] weights) {
        var top = weights.length / 2;
        var left = weights[0].length / 2;
        var padded = new double[picture.height() + weights.length - 1][picture.width() + weights[0].length - 1];
        for (var y = 0; y < padded.length; y++) {
            for (var x = 0; x < padded[y].length; x++) {
                padded[y][x] = picture.at(Math.clamp(x - left, 0, picture.width() - 1),
                        Math.clamp(y - top, 0, picture.height() - 1), channel);
            }
        }
        return padded;
    }
}
