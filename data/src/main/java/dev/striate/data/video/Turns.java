package dev.striate.data.video;

import dev.striate.data.picture.Picture;

/// Pictures turned by right angles.
final class Turns {
    private Turns() {}

    /// Turned to the right so many times.
    static Picture clockwise(Picture picture, int quarters) {
        return switch (Math.floorMod(quarters, 4)) {
            case 1 -> once(picture);
            case 2 -> once(once(picture));
            case 3 -> once(once(once(picture)));
            default -> picture;
        };
    }

    private static Picture once(Picture from) {
        var to = Picture.black(from.height(), from.width(), from.channels());
        var channels = from.channels();
        for (var y = 0; y < from.height(); y++) {
            for (var x = 0; x < from.width(); x++) {
                var source = (y * from.width() + x) * channels;
                var target = (x * to.width() + to.width() - 1 - y) * channels;
                System.arraycopy(from.pixels(), source, to.pixels(), target, channels);
            }
        }
        return to;
    }
}
