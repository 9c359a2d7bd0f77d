package dev.striate.vision.report;

import dev.striate.data.labels.MaskFiles;
import dev.striate.target.Target;

/// Colours of figures, 0xRRGGBB.
public final class Palette {
    static final int INK = 0x2b2f36;
    static final int SOFT = 0x6b7280;
    static final int FAINT = 0xe5e7eb;
    static final int WHITE = 0xffffff;
    /// Told apart with every kind of colour vision (Okabe and Ito 2008), their yellow last, which is faint on white.
    private static final int[] SERIES = { 0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0xf0e442 };
    /// What a mask ignores.
    private static final int IGNORED = 0xe0e0e0;

    private Palette() {}

    /// The colour of the k-th line of a chart, or of the boxes of class `k`: seven, over and over.
    public static int series(int k) {
        return SERIES[Math.floorMod(k, SERIES.length)];
    }

    /// The colour of class `k` of 255 in a mask, as PASCAL VOC gives them ([MaskFiles#colour]). Class 255, which counts for
    /// nothing, is a light grey.
    public static int mask(int k) {
        return k == Target.Mask.IGNORED ? IGNORED : MaskFiles.colour(k);
    }

    /// Black or white, whichever is read better on a colour: that of the larger contrast (WCAG 2.1, relative luminance).
    public static int readableOn(int colour) {
        var light = 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
        return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? 0 : WHITE;
    }

    private static double linear(int channel) {
        var value = (channel & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /// The colour at `share`, from 0 to 1, of a scale of colours at equal distances.
    static int between(int[] scale, double share) {
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
