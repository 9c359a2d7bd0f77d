package dev.striate.data.batch;

import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;

/// Bilinear resizing that puts the corner pixels of a picture onto those of the result, first along rows, then along
/// columns, as Darknet does.
final class CornerResizing {
    private final Picture picture;
    private final Size size;
    private final int channels;

    private CornerResizing(Picture picture, Size size) {
        this.picture = picture;
        this.size = size;
        channels = picture.channels();
    }

    static Picture of(Picture picture, Size size) {
        if (picture.size().equals(size)) return picture;
        var values = exact(picture, size);
        var pixels = new byte[values.length];
        for (var i = 0; i < pixels.length; i++) pixels[i] = (byte) Math.round(values[i]);
        return new Picture(size.width(), size.height(), picture.channels(), pixels);
    }

    /// The values from 0 to 255 before they are rounded, H×W×C.
    static float[] exact(Picture picture, Size size) {
        return new CornerResizing(picture, size).resized();
    }

    private float[] resized() {
        var rows = rows();
        var stride = size.width() * channels;
        var values = new float[size.height() * stride];
        for (var y = 0; y < size.height(); y++) {
            var at = y * step(picture.height(), size.height());
            var upper = Math.min((int) at, picture.height() - 1);
            var lower = Math.min(upper + 1, picture.height() - 1);
            var share = (float) (at - upper);
            for (var i = 0; i < stride; i++) {
                values[y * stride + i] = (1 - share) * rows[upper * stride + i] + share * rows[lower * stride + i];
            }
        }
        return values;
    }

    /// Every row of the picture in the new width.
    private float[] rows() {
        var rows = new float[picture.height() * size.width() * channels];
        var pixels = picture.pixels();
        for (var x = 0; x < size.width(); x++) {
            var at = x * step(picture.width(), size.width());
            var left = Math.min((int) at, picture.width() - 1);
            var right = Math.min(left + 1, picture.width() - 1);
            var share = (float) (at - left);
            for (var y = 0; y < picture.height(); y++) {
                for (var c = 0; c < channels; c++) {
                    var first = pixels[(y * picture.width() + left) * channels + c] & 0xff;
                    var second = pixels[(y * picture.width() + right) * channels + c] & 0xff;
                    rows[(y * size.width() + x) * channels + c] = (1 - share) * first + share * second;
                }
            }
        }
        return rows;
    }

    /// How far apart in the picture two neighbours of the result are; a single one is the first.
    private static double step(int from, int to) {
        return to == 1 ? 0 : (from - 1) / (to - 1.0);
    }
}
