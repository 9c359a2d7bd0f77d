package dev.striate.data.picture;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import dev.striate.graph.Size;
import dev.striate.weights.AtomicFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// What can be done with a [Picture].
public final class Pictures {
    /// Larger pictures are refused before they are decoded: a few kilobytes can claim to be gigabytes.
    public static final long MOST_PIXELS = 100_000_000;
    private static final long MOST_BYTES = 1L << 29;

    private Pictures() {}

    /// Reads a JPEG, PNG, PGM/PPM, BMP or WebP file, upright as its EXIF orientation says; grey files stay grey.
    public static Picture read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw StriateException.file("A picture file of at most " + (MOST_BYTES >> 20) + " MiB was expected; "
                        + file + " has " + (Files.size(file) >> 20) + " MiB.");
            }
            return decode(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            throw StriateException.file("A picture was expected at " + file + "; there is no such file.", e);
        } catch (IOException e) {
            throw StriateException.file("A picture was expected at " + file + "; it cannot be read: "
                    + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }

    /// Decodes the bytes of a picture file; `name` says in messages where they came from.
    public static Picture decode(byte[] bytes, String name) {
        var header = PictureHeader.of(bytes, name);
        if (header.pixels() > MOST_PIXELS) {
            throw StriateException.file("A picture of at most " + MOST_PIXELS / 1_000_000
                    + " megapixels was expected; " + name + " says it is " + header.width() + "×" + header.height()
                    + ".");
        }
        Completeness.check(header, bytes, name);
        return Codec.decode(bytes, header.grey(), name);
    }

    /// The size of a picture as [#decode] would give it, upright, from the first bytes of its file; refuses too few of them,
    /// and what is no picture.
    public static Size size(byte[] head, String name) {
        var header = PictureHeader.of(head, name);
        if (header.pixels() < 1 || header.pixels() > MOST_PIXELS) {
            throw new StriateException("A picture of 1 pixel to " + MOST_PIXELS / 1_000_000
                    + " megapixels was expected; " + name + " says it is " + header.width() + "×" + header.height()
                    + ".");
        }
        var turned = header.format() == PictureHeader.Format.JPEG && Orientation.isOnItsSide(new ByteReader(head));
        return turned ? new Size((int) header.width(), (int) header.height())
                : new Size((int) header.height(), (int) header.width());
    }

    /// What is wrong with the compressed data of a JPEG that can be decoded all the same, with wrong pixels from there on;
    /// empty for other formats, which no decoder reads when damaged. Costs more than decoding does. Damage by which other
    /// valid codes came about cannot be told.
    public static Optional<String> damage(byte[] bytes, String name) {
        return PictureHeader.of(bytes, name).format() == PictureHeader.Format.JPEG ? Damage.of(bytes)
                : Optional.empty();
    }

    /// Writes a picture in the format that the file's name ends in (.png, .jpg, .bmp, .webp, .pgm, .ppm), beside its
    /// target and then renamed over it, so that no half a file is ever seen.
    public static void write(Picture picture, Path file) {
        var bytes = Codec.encode(picture, file);
        AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, MemorySegment.ofArray(bytes)));
    }

    /// A picture's file in the format that such a name ends in (.png, .jpg, .bmp, .webp, .pgm, .ppm), as bytes.
    public static byte[] encode(Picture picture, String ending) {
        return Codec.encode(picture, Path.of("picture" + ending));
    }

    /// Resizes both sides: averages areas where a side shrinks, interpolates linearly where it grows.
    public static Picture resize(Picture picture, int width, int height) {
        return resize(picture, width, height, Interpolation.BEST);
    }

    /// Resizes both sides.
    public static Picture resize(Picture picture, int width, int height, Interpolation interpolation) {
        if (width == picture.width() && height == picture.height()) return picture;
        if (width < 1 || height < 1) {
            throw new StriateException("A size of at least 1×1 was expected; received " + width + "×" + height + ".");
        }
        return Resizing.resize(picture, width, height, interpolation);
    }

    /// The size of a picture once its shorter side has `side` pixels, the longer in proportion, rounded down as
    /// torchvision does.
    public static Size withShorterSide(Size picture, int side) {
        var shorter = Math.min(picture.width(), picture.height());
        return new Size(Math.toIntExact((long) picture.height() * side / shorter),
                Math.toIntExact((long) picture.width() * side / shorter));
    }

    /// The rectangle whose top left is column `x`, row `y`, which may lie partly outside, where it is black; mirrored
    /// left to right where asked.
    public static Picture window(Picture picture, int x, int y, int width, int height, boolean mirrored) {
        if (x == 0 && y == 0 && width == picture.width() && height == picture.height() && !mirrored) return picture;
        return Windows.window(picture, x, y, width, height, mirrored);
    }

    /// The picture on a larger one of a single grey, with its corner at (−x, −y) as in [#window].
    public static Picture onGrey(Picture picture, int x, int y, int width, int height, int grey) {
        var larger = new byte[width * height * picture.channels()];
        Arrays.fill(larger, (byte) grey);
        return Windows.into(new Picture(width, height, picture.channels(), larger), picture, x, y, false);
    }

    /// Left to right.
    public static Picture mirrored(Picture picture) {
        return Windows.window(picture, 0, 0, picture.width(), picture.height(), true);
    }

    /// Top to bottom.
    public static Picture upsideDown(Picture picture) {
        return Windows.upsideDown(picture);
    }

    /// The picture moved by an affine map, linearly interpolated, on black; its size stays.
    public static Picture warp(Picture picture, Affine affine) {
        return warp(picture, affine, picture.size());
    }

    /// The same on a black picture of this size.
    public static Picture warp(Picture picture, Affine affine, Size size) {
        return Resizing.warp(picture, affine.ofCentres(), size);
    }

    /// One channel: luma of ITU-R BT.601, (299 red + 587 green + 114 blue) / 1000.
    public static Picture grey(Picture picture) {
        if (picture.channels() == 1) return picture;
        var from = picture.pixels();
        var to = new byte[from.length / 3];
        for (int i = 0, j = 0; i < to.length; i++, j += 3) {
            var luma = 19595 * (from[j] & 0xff) + 38470 * (from[j + 1] & 0xff) + 7471 * (from[j + 2] & 0xff);
            to[i] = (byte) (luma + 0x8000 >> 16);
        }
        return new Picture(picture.width(), picture.height(), 1, to);
    }

    /// Three channels; a grey value is repeated.
    public static Picture rgb(Picture picture) {
        if (picture.channels() == 3) return picture;
        var from = picture.pixels();
        var to = new byte[from.length * 3];
        for (int i = 0, j = 0; i < from.length; i++, j += 3) to[j] = to[j + 1] = to[j + 2] = from[i];
        return new Picture(picture.width(), picture.height(), 3, to);
    }

    /// Grey or RGB by the number of channels, 1 or 3.
    public static Picture withChannels(Picture picture, int channels) {
        return switch (channels) {
            case 1 -> grey(picture);
            case 3 -> rgb(picture);
            default -> throw new StriateException(
                    "Pictures have 1 channel (grey) or 3 (RGB); received " + channels + ".");
        };
    }
}
