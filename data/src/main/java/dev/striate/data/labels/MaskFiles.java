package dev.striate.data.labels;

import dev.striate.StriateException;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Size;
import dev.striate.target.Target.Mask;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Masks as PNGs whose pixels are numbers of classes: places in a palette, or grey values. The colours of a palette say
/// nothing.
public final class MaskFiles {
    private static final int COLOURS = 256;

    private MaskFiles() {}

    /// Reads a mask; refuses a PNG of colours, in which there are no numbers, and grey ones above 255.
    public static Mask read(byte[] png, String name) {
        // Refuses what is no picture, or claims to be too large.
        var size = Pictures.size(png, name);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
            var readers = ImageIO.getImageReadersByFormatName("png");
            var reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return new Mask(size, numbers(reader.read(0).getRaster(), size, name));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof StriateException known) throw known;
            throw StriateException.file("A mask as a PNG was expected; " + name + " cannot be decoded: "
                    + e.getMessage() + ".", e);
        }
    }

    private static byte[] numbers(Raster raster, Size size, String name) {
        if (raster.getNumBands() != 1) {
            throw StriateException.file(
                    "A mask's PNG is expected to hold numbers of classes, as grey values or places in "
                            + "a palette; " + name + " holds colours.");
        }
        var row = new int[size.width()];
        var classes = new byte[size.area()];
        for (var y = 0; y < size.height(); y++) {
            raster.getSamples(0, y, row.length, 1, 0, row);
            for (var x = 0; x < row.length; x++) {
                if (row[x] >= COLOURS) {
                    throw StriateException.file("Classes from 0 to 255 were expected in a mask; " + name + ", pixel ("
                            + x + ", " + y + ") is " + row[x] + ".");
                }
                classes[y * row.length + x] = (byte) row[x];
            }
        }
        return classes;
    }

    /// A mask as a PNG with PASCAL VOC's palette.
    public static byte[] encode(Mask mask) {
        var image = new BufferedImage(mask.size().width(), mask.size().height(), BufferedImage.TYPE_BYTE_INDEXED,
                palette());
        var pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(mask.classes(), 0, pixels, 0, pixels.length);
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// The colour of a class in PASCAL VOC's masks, 0xRRGGBB: its number's bits, three at a time, are the highest bits of
    /// red, green and blue, then the next.
    public static int colour(int number) {
        var colour = 0;
        for (var bit = 0; bit < 8; bit++) {
            for (var channel = 0; channel < 3; channel++) {
                var value = number >> 3 * bit + channel & 1;
                colour |= value << 8 * (2 - channel) + 7 - bit;
            }
        }
        return colour;
    }

    private static IndexColorModel palette() {
        var colours = new byte[3 * COLOURS];
        for (var i = 0; i < COLOURS; i++) {
            for (var channel = 0; channel < 3; channel++) {
                colours[3 * i + channel] = (byte) (colour(i) >> 8 * (2 - channel));
            }
        }
        return new IndexColorModel(8, COLOURS, colours, 0, false);
    }
}
