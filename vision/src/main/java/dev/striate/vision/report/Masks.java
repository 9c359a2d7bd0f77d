package dev.striate.vision.report;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.target.Target;
import java.util.List;
import java.util.stream.IntStream;

/// The colours and names of masks.
final class Masks {
    private Masks() {}

    /// The picture mixed with the colours of the mask stretched over it.
    static Picture blended(Picture picture, Target.Mask mask, double opacity) {
        var mixed = Picture.black(picture.width(), picture.height(), 3);
        for (int y = 0, at = 0; y < picture.height(); y++) {
            var row = (int) ((y + 0.5) * mask.size().height() / picture.height());
            for (var x = 0; x < picture.width(); x++, at += 3) {
                var column = (int) ((x + 0.5) * mask.size().width() / picture.width());
                var colour = Palette.mask(mask.at(column, row));
                for (var c = 0; c < 3; c++) {
                    var seen = picture.at(x, y, picture.channels() == 1 ? 0 : c);
                    var over = colour >> 16 - 8 * c & 0xff;
                    mixed.pixels()[at + c] = (byte) Math.round(seen + opacity * (over - seen));
                }
            }
        }
        return mixed;
    }

    /// The classes that occur, in their order; refuses a mask of more classes than there are labels.
    static int[] classes(Target.Mask mask, List<String> labels) {
        var occurs = new boolean[256];
        for (var k : mask.classes()) occurs[k & 0xff] = true;
        for (var k = labels.size(); k < Target.Mask.IGNORED; k++) {
            if (occurs[k]) {
                throw new StriateException("A mask of " + labels.size() + " classes was expected; received class " + k
                        + ".");
            }
        }
        return IntStream.range(0, 256).filter(k -> occurs[k]).toArray();
    }

    static String name(int k, List<String> labels) {
        return k == Target.Mask.IGNORED ? "ignored" : labels.get(k);
    }
}
