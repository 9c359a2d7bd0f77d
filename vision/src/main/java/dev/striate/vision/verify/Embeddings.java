package dev.striate.vision.verify;

import dev.striate.StriateException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Functions of embeddings: their distances, and the bytes that a gallery stores, little-endian float32.
final class Embeddings {
    /// The squares of longer ones, and their sums, would not all fit float32.
    private static final double LONGEST = 1e15;

    private Embeddings() {}

    static void check(float[] embedding, int dimensions) {
        if (embedding.length != dimensions) {
            throw new StriateException("An embedding of " + dimensions + " values was expected, as the gallery holds; "
                    + "received one of " + embedding.length + ".");
        }
        var length = Math.sqrt(squaredLength(embedding));
        if (length <= LONGEST) return;
        throw new StriateException("An embedding of a length up to " + LONGEST + " was expected; received " + length
                + ".");
    }

    static double squaredLength(float[] embedding) {
        var sum = 0.0;
        for (double value : embedding) sum += value * value;
        return sum;
    }

    /// ‖a − b‖, in float64.
    static double distance(float[] a, float[] b) {
        var sum = 0.0;
        for (var i = 0; i < a.length; i++) {
            var difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    static byte[] bytes(float[] embedding) {
        var bytes = ByteBuffer.allocate(embedding.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(embedding);
        return bytes.array();
    }

    static float[] of(byte[] bytes) {
        var embedding = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(embedding);
        return embedding;
    }

    /// The CRC-32C of what is stored: SQLite has no checksums of its own.
    static long checksum(int person, byte[] bytes) {
        var sum = new CRC32C();
        sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, person));
        sum.update(bytes);
        return sum.getValue();
    }
}
