package dev.striate.data.augment;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import java.util.function.DoubleUnaryOperator;

/// Brightness, contrast and saturation: a picture mixed with black, with its mean grey, with its own grey.
final class Tones {
    private Tones() {}

    static Picture brightness(Picture picture, double factor) {
        return factor == 1 ? picture : mapped(picture, value -> value * factor);
    }

    static Picture contrast(Picture picture, double factor) {
        if (factor == 1) return picture;
        var sum = 0L;
        var grey = Pictures.grey(picture).pixels();
        for (var value : grey) sum += value & 0xff;
        var mean = (double) sum / grey.length;
        return mapped(picture, value -> mean + (value - mean) * factor);
    }

    static Picture saturation(Picture picture, double factor) {
        if (factor == 1 || picture.channels() == 1) return picture;
        var from = picture.pixels();
        var grey = Pictures.grey(picture).pixels();
        var to = new byte[from.length];
        var scale = (int) Math.round(factor * (1 << 16));
        for (int i = 0, j = 0; j < to.length; i++, j += 3) {
            var centre = grey[i] & 0xff;
            to[j] = mixed(centre, from[j] & 0xff, scale);
            to[j + 1] = mixed(centre, from[j + 1] & 0xff, scale);
            to[j + 2] = mixed(centre, from[j + 2] & 0xff, scale);
        }
        return new Picture(picture.width(), picture.height(), 3, to);
    }

    private static byte mixed(int centre, int value, int scale) {
        var mixed = centre + ((value - centre) * scale + (1 << 15) >> 16);
        return (byte) Math.max(0, Math.min(255, mixed)); // Math.clamp is for longs, and slower
    }

    /// Each value by one function, or each channel's by its own.
    static Picture mapped(Picture picture, DoubleUnaryOperator... channels) {
        var tables = new byte[picture.channels()][256];
        for (var channel = 0; channel < tables.length; channel++) {
            for (var value = 0; value < 256; value++) {
                var mapped = channels[channel % channels.length].applyAsDouble(value);
                tables[channel][value] = (byte) Math.clamp(Math.round(mapped), 0, 255);
            }
        }
        var from = picture.pixels();
        var to = new byte[from.length];
        if (tables.length == 1) {
            for (var i = 0; i < to.length; i++) to[i] = tables[0][from[i] & 0xff];
        } else {
            map(from, to, tables[0], tables[1], tables[2]);
        }
        return new Picture(picture.width(), picture.height(), picture.channels(), to);
    }

    private static void map(byte[] from, byte[] to, byte[] red, byte[] green, byte[] blue) {
        for (var i = 0; i < to.length; i += 3) {
            to[i] = red[from[i] & 0xff];
            to[i + 1] = green[from[i + 1] & 0xff];
            to[i + 2] = blue[from[i + 2] & 0xff];
        }
    }
}
