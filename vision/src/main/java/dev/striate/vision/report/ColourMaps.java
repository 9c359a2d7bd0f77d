package dev.striate.vision.report;

import dev.striate.data.picture.Picture;

/// Numbers as colours.
public final class ColourMaps {
    /// From nothing to much: dark blue over purple and orange to light yellow.
    private static final int[] HEAT = { 0x0B0B24, 0x5A1A6B, 0xB73557, 0xF0803C, 0xFCF4A8 };
    /// From negative over nothing to positive: blue, white, red.
    private static final int[] BALANCE = { 0x1F5FA8, 0x8DB9DA, 0xF6F5F2, 0xEFA27E, 0xB5202E };

    private ColourMaps() {}

    /// `width` × `height` values, row by row, of which the first is `values[from]`, as shades from 0 to `most`.
    public static Picture heat(float[] values, int from, int width, int height, double most) {
        return picture(HEAT, values, from, width, height, 0, most);
    }

    /// `width` × `height` values, row by row, of which the first is `values[from]`: white is 0, and the largest, either
    /// way, gets the full colour.
    public static Picture balance(float[] values, int from, int width, int height) {
        var most = Float.MIN_NORMAL;
        for (var i = 0; i < width * height; i++) most = Math.max(most, Math.abs(values[from + i]));
        return balance(values, from, width, height, most);
    }

    /// The same where `most`, either way, gets the full colour.
    public static Picture balance(float[] values, int from, int width, int height, double most) {
        return picture(BALANCE, values, from, width, height, -most, most);
    }

    /// The colour of [#heat] for a share of the largest value.
    public static int heat(double share) {
        return Palette.between(HEAT, share);
    }

    /// The colour of [#balance], from the least value at 0 to the largest at 1.
    public static int balance(double share) {
        return Palette.between(BALANCE, share);
    }

    private static Picture picture(int[] scale, float[] values, int from, int width, int height, double least,
            double most) {
        var picture = Picture.black(width, height, 3);
        for (var i = 0; i < width * height; i++) {
            var colour = Palette.between(scale, (values[from + i] - least) / (most - least));
            for (var c = 0; c < 3; c++) picture.pixels()[3 * i + c] = (byte) (colour >> 16 - 8 * c);
        }
        return picture;
    }
}
