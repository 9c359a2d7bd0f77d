package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// An IDX file of unsigned bytes, gzipped or not: two zero bytes, the type 8, the number of sides, each side as a
/// big-endian int, the values (described with MNIST, yann.lecun.com/exdb/mnist).
record IdxFile(Path file, int[] sides, byte[] values) {
    private static final int UNSIGNED_BYTE = 8;

    /// Reads a file that must have `sides` sides: 1 for labels, 3 for pictures.
    static IdxFile read(Path file, int sides) {
        try (var in = open(file)) {
            var magic = number(in);
            var expected = UNSIGNED_BYTE << 8 | sides;
            if (magic != expected) {
                throw StriateException.file("An IDX file of bytes with " + sides + " sides begins with " + expected
                        + "; " + file + " begins with " + magic + ".");
            }
            var lengths = new int[sides];
            for (var i = 0; i < sides; i++) lengths[i] = number(in);
            return new IdxFile(file, lengths, values(in, file, lengths));
        } catch (EOFException | ZipException e) {
            throw StriateException.file("A whole IDX file was expected; " + file + " is cut off or damaged.", e);
        } catch (IOException e) {
            throw StriateException.file("An IDX file was expected; " + file + " cannot be read: "
                    + FileErrors.whyNotRead(file, e)
                    + ".", e);
        }
    }

    int count() {
        return sides[0];
    }

    private static int number(InputStream in) throws IOException {
        var bytes = in.readNBytes(4);
        if (bytes.length < 4) throw new EOFException();
        return ByteBuffer.wrap(bytes).getInt();
    }

    private static byte[] values(InputStream in, Path file, int[] lengths) throws IOException {
        var expected = Arrays.stream(lengths).asLongStream().reduce(1, Math::multiplyExact);
        if (Arrays.stream(lengths).anyMatch(length -> length < 1) || expected > Integer.MAX_VALUE - 8) {
            throw StriateException.file("An IDX file of 1 byte to 2 GiB was expected; " + file + " says its sides are "
                    + Arrays.toString(lengths) + ".");
        }
        var values = in.readNBytes((int) expected);
        if (values.length < expected) {
            throw StriateException.file("An IDX file of sides " + Arrays.toString(lengths) + " holds " + expected
                    + " values; " + file + " ends after " + values.length + ".");
        }
        return values;
    }

    private static InputStream open(Path file) throws IOException {
        var raw = Files.newInputStream(file);
        try {
            return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
