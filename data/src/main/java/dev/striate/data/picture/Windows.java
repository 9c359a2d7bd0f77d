package dev.striate.data.picture;

/// Cuts rectangles out of pictures, in plain Java: for small pictures that costs less than one call to a library.
final class Windows {
    private Windows() {}

    static Picture window(Picture picture, int x, int y, int width, int height, boolean mirrored) {
        return into(Picture.black(width, height, picture.channels()), picture, x, y, mirrored);
    }

    /// Copies the rectangle of `to`'s size at (x, y) into it, as far as the picture reaches.
    static Picture into(Picture to, Picture picture, int x, int y, boolean mirrored) {
        var width = to.width();
        var height = to.height();
        var left = Math.max(0, x);
        var right = Math.min(picture.width(), x + width);
        if (left >= right) return to;
        for (var row = Math.max(0, y); row < Math.min(picture.height(), y + height); row++) {
            var from = (row * picture.width() + left) * picture.channels();
            var start = (row - y) * width;
            if (mirrored) {
                mirror(picture, from, right - left, to, start + width - 1 - (left - x));
            } else {
                System.arraycopy(picture.pixels(), from, to.pixels(), (start + left - x) * to.channels(),
                        (right - left) * to.channels());
            }
        }
        return to;
    }

    static Picture upsideDown(Picture picture) {
        var to = Picture.black(picture.width(), picture.height(), picture.channels());
        var row = picture.width() * picture.channels();
        for (var y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.pixels(), y * row, to.pixels(), (picture.height() - 1 - y) * row, row);
        }
        return to;
    }

    /// Copies `count` pixels from byte `from` on to pixel `last` and those before it.
    private static void mirror(Picture picture, int from, int count, Picture to, int last) {
        var source = picture.pixels();
        var target = to.pixels();
        if (picture.channels() == 1) {
            for (var i = 0; i < count; i++) target[last - i] = source[from + i];
        } else {
            for (int i = from, j = last * 3; i < from + count * 3; i += 3, j -= 3) {
                target[j] = source[i];
                target[j + 1] = source[i + 1];
                target[j + 2] = source[i + 2];
            }
        }
    }
}
