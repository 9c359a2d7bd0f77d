package dev.striate.vision.demo;

import dev.striate.data.picture.Picture;

/// Numbers as colours.
final class Shades {
    /// From nothing to much: dark blue over purple and orange to light yellow.
    private static final int[] HEAT = { 0x0B0B24, 0x5A1A6B, 0xB73557, 0xF0803C, 0xFCF4A8 };
    /// From negative over nothing to positive: blue, white, red.
    private static final int[] BALANCE = { 0x1F5FA8, 0x8DB9DA, 0xF6F5F2, 0xEFA27E, 0xB5202E };

    private Shades() {}

    /// One channel, from 0 to `most`.
    static Picture heat(FeatureMaps maps, int channel, double most) {
        var shape = maps.shape();
        var picture = Picture.black(shape.width(), shape.height(), 3);
        for (var y = 0; y < shape.height(); y++) {
            for (var x = 0; x < shape.width(); x++) {
                put(picture, x, y, colour(HEAT, maps.at(channel, y, x) / most));
            }
        }
        return picture;
    }

    /// A square kernel, row by row; its largest weight, either way, gets the full colour.
    static Picture balance(float[] values, int from, int side) {
        var most = Float.MIN_NORMAL;
        for (var i = 0; i < side * side; i++) most = Math.max(most, Math.abs(values[from + i]));
        var picture = Picture.black(side, side, 3);
        for (var i = 0; i < side * side; i++) {
            put(picture, i % side, i / side, colour(BALANCE, 0.5 + 0.5 * values[from + i] / most));
        }
        return picture;
    }

    private static void put(Picture picture, int x, int y, int colour) {
        var at = (y * picture.width() + x) * 3;
        for (var c = 0; c < 3; c++) picture.pixels()[at + c] = (byte) (colour >> 16 - 8 * c);
    }

    /// The colour at `share`, from 0 to 1, of a scale of colours at equal distances.
    private static int colour(int[] scale, double share) {
        var place = Math.clamp(share, 0.0, 1.0) * (scale.length - 1);
        var below = Math.min((int) place, scale.length - 2);
        var colour = 0;
        for (var shift = 16; shift >= 0; shift -= 8) {
            var from = scale[below] >> shift & 0xff;
            var to = scale[below + 1] >> shift & 0xff;
            colour |= (int) Math.round(from + (to - from) * (place - below)) << shift;
        }
        return colour;
    }
}
