package dev.striate.data.augment;

import dev.striate.data.picture.Picture;

/// Turns hues about the circle of red, green and blue; a pixel's largest and smallest value stay as they are (Smith
/// 1978, the hexcone model HSV).
final class Hues {
    /// A sixth of the circle; whole numbers, because comparing floats costs more.
    private static final int SIXTH = 1 << 20;
    /// A sixth by each chroma, because a division costs more than all the rest of a pixel.
    private static final int[] INVERSE = new int[256];

    static {
        for (var chroma = 1; chroma < 256; chroma++) INVERSE[chroma] = Math.round((float) SIXTH / chroma);
    }

    private Hues() {}

    /// @param turn of the circle, −0.5 to 0.5; a third makes red green
    static Picture turned(Picture picture, double turn) {
        if (turn == 0 || picture.channels() == 1) return picture;
        var from = picture.pixels();
        var to = new byte[from.length];
        var by = (int) Math.round((turn < 0 ? turn + 1 : turn) * 6 * SIXTH);
        for (var i = 0; i < to.length; i += 3) {
            turn(from[i] & 0xff, from[i + 1] & 0xff, from[i + 2] & 0xff, by, to, i);
        }
        return new Picture(picture.width(), picture.height(), 3, to);
    }

    private static void turn(int red, int green, int blue, int by, byte[] to, int at) {
        var largest = Math.max(red, Math.max(green, blue));
        var chroma = largest - Math.min(red, Math.min(green, blue));
        int hue; // −1 to 5 sixths, then −1 to 11
        if (largest == red) hue = (green - blue) * INVERSE[chroma];
        else if (largest == green) hue = 2 * SIXTH + (blue - red) * INVERSE[chroma];
        else hue = 4 * SIXTH + (red - green) * INVERSE[chroma];
        hue += by;
        to[at] = channel(hue, largest, chroma);
        to[at + 1] = channel(hue - 2 * SIXTH, largest, chroma);
        to[at + 2] = channel(hue - 4 * SIXTH, largest, chroma);
    }

    /// Full within one sixth of the channel's own hue, 0, and gone from two sixths on.
    private static byte channel(int hue, int largest, int chroma) {
        // The distance to 0 on a circle of six: 3 less the distance to the opposite, 3, 9 or −3.
        var once = Math.abs(hue - 3 * SIXTH);
        var distance = Math.abs(3 * SIXTH - (once > 6 * SIXTH ? once - 6 * SIXTH : once));
        var missing = Math.max(0, Math.min(SIXTH, distance - SIXTH));
        return (byte) (largest - (chroma * missing + SIXTH / 2 >> 20));
    }
}
