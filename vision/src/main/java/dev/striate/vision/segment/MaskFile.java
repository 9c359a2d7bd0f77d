package dev.striate.vision.segment;

import dev.striate.target.Target.Mask;
import dev.striate.vision.report.Palette;
import dev.striate.weights.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Masks as PNG files with a palette, as PASCAL VOC has them: a pixel's value is its class, its colour [Palette#mask]'s.
public final class MaskFile {
    private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
    private static final int COLOURS = 256;
    private static final byte BITS = 8;
    private static final byte INDEXED = 3;

    private MaskFile() {}

    /// Writes a mask beside its target and renames it over.
    public static void write(Mask mask, Path file) {
        var bytes = ByteBuffer.wrap(encode(mask));
        AtomicFile.write(file, channel -> {
            while (bytes.hasRemaining()) channel.write(bytes);
        });
    }

    static byte[] encode(Mask mask) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(mask.size().width()).putInt(mask.size().height()).put(BITS)
                .put(INDEXED).array());
        chunk(out, "PLTE", palette());
        chunk(out, "IDAT", compressed(rows(mask)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /// The red, green and blue of each class.
    private static byte[] palette() {
        var palette = new byte[3 * COLOURS];
        for (var i = 0; i < palette.length; i++) palette[i] = (byte) (Palette.mask(i / 3) >> 16 - 8 * (i % 3));
        return palette;
    }

    /// Each row begins with the number of its filter: none.
    private static byte[] rows(Mask mask) {
        var width = mask.size().width();
        var rows = new byte[(width + 1) * mask.size().height()];
        for (var y = 0; y < mask.size().height(); y++) {
            System.arraycopy(mask.classes(), y * width, rows, y * (width + 1) + 1, width);
        }
        return rows;
    }

    private static byte[] compressed(byte[] rows) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(rows);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var buffer = new byte[8192];
            while (!deflater.finished()) out.write(buffer, 0, deflater.deflate(buffer));
            return out.toByteArray();
        }
    }

    /// Length, kind, content, and the checksum of kind and content.
    private static void chunk(ByteArrayOutputStream out, String kind, byte[] content) {
        var checked = ByteBuffer.allocate(4 + content.length).put(kind.getBytes(StandardCharsets.US_ASCII)).put(content)
                .array();
        var checksum = new CRC32();
        checksum.update(checked);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(checked);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
