package dev.striate.vision.segment;

import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.target.Target.Mask;
import dev.striate.vision.report.Palette;

/// Masks out of scores, and back on the pictures that they are of.
final class Masks {
    private Masks() {}

    /// The likeliest class of each pixel of a picture of a batch.
    ///
    /// @param scores N × classes × height × width
    static Mask likeliest(float[] scores, int picture, Shape each) {
        var area = each.size().area();
        var from = picture * each.channels() * area;
        var classes = new byte[area];
        for (var pixel = 0; pixel < area; pixel++) {
            var best = 0;
            for (var k = 1; k < each.channels(); k++) {
                if (scores[from + k * area + pixel] > scores[from + best * area + pixel]) best = k;
            }
            classes[pixel] = (byte) best;
        }
        return new Mask(each.size(), classes);
    }

    /// The mask in the colours of its classes.
    static Picture coloured(Mask mask) {
        var picture = Picture.black(mask.size().width(), mask.size().height(), 3);
        for (var i = 0; i < picture.pixels().length; i++) {
            var colour = Palette.mask(Byte.toUnsignedInt(mask.classes()[i / 3]));
            picture.pixels()[i] = (byte) (colour >> 16 - 8 * (i % 3));
        }
        return picture;
    }

    /// The mask of a picture from that of the network's input: each pixel takes the class of the nearest place there.
    ///
    /// @param placement where the picture's points lie in the input
    static Mask onPicture(Mask seen, Affine placement, Size picture) {
        if (placement.equals(Affine.IDENTITY) && picture.equals(seen.size())) return seen;
        var classes = new byte[picture.area()];
        for (var y = 0; y < picture.height(); y++) {
            for (var x = 0; x < picture.width(); x++) {
                var column = (int) Math.floor(placement.x(x + 0.5, y + 0.5));
                var row = (int) Math.floor(placement.y(x + 0.5, y + 0.5));
                classes[y * picture.width() + x] = (byte) seen.at(Math.clamp(column, 0, seen.size().width() - 1),
                        Math.clamp(row, 0, seen.size().height() - 1));
            }
        }
        return new Mask(picture, classes);
    }
}
