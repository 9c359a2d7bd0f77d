package dev.striate.vision.style;

import dev.striate.data.picture.Picture;

/// Lightness of one picture with the colours of another of its size.
final class Colours {
    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private Colours() {}

    /// Each pixel moved along grey until it is as light as in `lightness` (luma of BT.601).
    static Picture of(Picture lightness, Picture colours) {
        var mixed = Picture.black(colours.width(), colours.height(), 3);
        for (var i = 0; i < colours.width() * colours.height(); i++) {
            var more = luma(lightness, i) - luma(colours, i);
            for (var c = 0; c < 3; c++) {
                mixed.pixels()[3 * i + c] = (byte) Math.clamp(Math.round((colours.pixels()[3 * i + c] & 0xff) + more),
                        0, 255);
            }
        }
        return mixed;
    }

    private static double luma(Picture picture, int pixel) {
        return RED * (picture.pixels()[3 * pixel] & 0xff) + GREEN * (picture.pixels()[3 * pixel + 1] & 0xff)
                + BLUE * (picture.pixels()[3 * pixel + 2] & 0xff);
    }
}
