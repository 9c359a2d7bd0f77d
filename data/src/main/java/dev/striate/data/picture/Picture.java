package dev.striate.data.picture;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import java.util.Arrays;

/// A decoded picture: `pixels` holds height × width × channels bytes row-major from the top left, 0 to 255, channels
/// interleaved: 1 for grey, 3 for red, green, blue. The array is not copied: whoever makes a picture gives it away.
public record Picture(int width, int height, int channels, byte[] pixels) {
    public Picture {
        if (width < 1 || height < 1 || channels != 1 && channels != 3) {
            throw new StriateException("A picture expects at least one row and column, and 1 or 3 channels; received "
                    + width + "×" + height + " with " + channels + " channels.");
        }
        if (pixels.length != (long) width * height * channels) {
            throw new StriateException("A picture of " + width + "×" + height + "×" + channels + " expects "
                    + (long) width * height * channels + " bytes; received " + pixels.length + ".");
        }
    }

    public Size size() {
        return new Size(height, width);
    }

    /// A black picture.
    public static Picture black(int width, int height, int channels) {
        return new Picture(width, height, channels, new byte[Math.multiplyExact(Math.multiplyExact(width, height),
                channels)]);
    }

    /// The value, 0 to 255, of one channel at column `x`, row `y`.
    public int at(int x, int y, int channel) {
        return pixels[(y * width + x) * channels + channel] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture that && width == that.width && height == that.height
                && channels == that.channels && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return width + "×" + height + (channels == 1 ? " grey" : " RGB");
    }
}
