package dev.striate.data.region;

import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Size;

/// A picture of one colour into which a part of another is put.
final class Canvas {
    private Canvas() {}

    static Picture filled(Size size, int[] colour) {
        var canvas = Picture.black(size.width(), size.height(), colour.length);
        var pixels = canvas.pixels();
        for (var i = 0; i < pixels.length; i++) pixels[i] = (byte) colour[i % colour.length];
        return canvas;
    }

    /// Puts a box of a picture into a box of the canvas, both in whole pixels and at least one, as the published code has it.
    static Picture pasted(Picture canvas, Picture picture, Box from, Box to) {
        var left = start(from.left(), picture.width());
        var top = start(from.top(), picture.height());
        var part = Pictures.window(picture, left, top, length(left, from.right()), length(top, from.bottom()), false);
        var x = start(to.left(), canvas.width());
        var y = start(to.top(), canvas.height());
        var resized = Pictures.resize(part, length(x, to.right()), length(y, to.bottom()));
        if (resized.size().equals(canvas.size())) return resized;
        copy(resized, canvas, x, y);
        return canvas;
    }

    private static int start(double edge, int side) {
        return Math.clamp(Math.round(edge), 0, side - 1);
    }

    private static int length(int start, double end) {
        return Math.max(1, (int) Math.round(end) - start);
    }

    private static void copy(Picture part, Picture canvas, int x, int y) {
        var bytes = part.width() * part.channels();
        for (var row = 0; row < part.height(); row++) {
            System.arraycopy(part.pixels(), row * bytes, canvas.pixels(),
                    ((y + row) * canvas.width() + x) * canvas.channels(), bytes);
        }
    }
}
