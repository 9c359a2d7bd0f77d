package dev.striate.vision.detect;

import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.detect.Detection;
import java.util.ArrayList;
import java.util.List;

/// A detector by plain code: finds the rectangle that all pixels of one strong colour lie in, of each of three colours. Its
/// score is the share of that rectangle which has the colour.
public final class Squares implements ObjectFinder {
    private static final int[] COLOURS = { 0xff0000, 0x00ff00, 0x0000ff };

    @Override
    public List<String> labels() {
        return List.of("red", "green", "blue");
    }

    @Override
    public List<Detection> detect(Picture picture, Thresholds thresholds) {
        var found = new ArrayList<Detection>();
        for (var k = 0; k < COLOURS.length; k++) {
            var one = of(picture, k);
            if (one != null && one.score() >= thresholds.score()) found.add(one);
        }
        return found;
    }

    private static Detection of(Picture picture, int label) {
        int left = picture.width();
        int top = picture.height();
        int right = 0;
        int bottom = 0;
        int count = 0;
        for (var y = 0; y < picture.height(); y++) {
            for (var x = 0; x < picture.width(); x++) {
                if (!isNear(picture, x, y, COLOURS[label])) continue;
                left = Math.min(left, x);
                top = Math.min(top, y);
                right = Math.max(right, x + 1);
                bottom = Math.max(bottom, y + 1);
                count++;
            }
        }
        if (count == 0) return null;
        var box = new Box(left, top, right, bottom);
        return new Detection(box, label, count / box.area());
    }

    private static boolean isNear(Picture picture, int x, int y, int colour) {
        for (var channel = 0; channel < 3; channel++) {
            var wanted = colour >> 16 - 8 * channel & 0xff;
            if (Math.abs(picture.at(x, y, picture.channels() == 1 ? 0 : channel) - wanted) > 70) return false;
        }
        return true;
    }

    /// A dark picture with a square of a class's colour.
    public static Picture picture(int width, int height, Box box, int label) {
        var picture = Picture.black(width, height, 3);
        fill(picture, box, label);
        return picture;
    }

    /// Paints one more square.
    public static void fill(Picture picture, Box box, int label) {
        for (var y = (int) box.top(); y < box.bottom(); y++) {
            for (var x = (int) box.left(); x < box.right(); x++) {
                for (var channel = 0; channel < 3; channel++) {
                    picture.pixels()[(y * picture.width() + x) * 3 + channel] = (byte) (COLOURS[label] >> 16
                            - 8 * channel);
                }
            }
        }
    }
}
