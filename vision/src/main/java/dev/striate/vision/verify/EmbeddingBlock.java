package dev.striate.vision.verify;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Up to 960 embeddings, each of them twice: as it is, and rounded to a byte a value.
///
/// To read a million embeddings takes most of a search's time. So it reads the rounded ones, a quarter of the bytes, and
/// with x̂ for an embedding x so rounded and q for the one that is looked for, ‖q − x‖ ≥ ‖q − x̂‖ − ‖x − x̂‖: where the
/// right side exceeds the distance of the last of those found, x is not among the nearest. The others, some hundreds in a
/// million, are compared exactly, and so the answer is exact.
final class EmbeddingBlock {
    /// Were it 1024, the codes of one embedding would lie so that a processor's cache holds few of them at once, and to
    /// add one would take ten times as long.
    static final int ROWS = 960;
    private static final int LARGEST_CODE = 127;

    private final int dimensions;
    private final MemorySegment vectors; // rows × dimensions
    /// Dimensions come first: one value of the sought embedding then meets all rows in a loop that Java vectorises.
    private final MemorySegment codes; // dimensions × rows
    /// x̂ is a row's codes times its step.
    private final float[] steps = new float[ROWS];
    private final float[] squaredLengths = new float[ROWS]; // ‖x̂‖²
    private final float[] errors = new float[ROWS]; // ‖x − x̂‖, rounded up
    private final int[] persons = new int[ROWS];

    EmbeddingBlock(int dimensions, Arena arena) {
        this.dimensions = dimensions;
        vectors = arena.allocate((long) ROWS * dimensions * Float.BYTES, 64);
        codes = arena.allocate((long) ROWS * dimensions, 64);
    }

    /// The memory of one embedding.
    static long bytes(int dimensions) {
        return (long) dimensions * (Float.BYTES + Byte.BYTES) + 3 * Float.BYTES + Integer.BYTES;
    }

    /// What is looked for.
    record Query(float[] embedding, double squaredLength) {
        Query(float[] embedding) {
            this(embedding, Embeddings.squaredLength(embedding));
        }

        /// What of ‖q‖² + ‖x̂‖² is sure: a sum of n products in float32 is wrong by at most n · 2⁻²⁴ · ‖q‖‖x̂‖ (Higham
        /// 2002, §3.1); twice that, and some more for the steps around it.
        private float sure() {
            return 1 - (embedding.length + 16) * 0x1p-23f;
        }
    }

    int person(int row) {
        return persons[row];
    }

    float[] embedding(int row) {
        var embedding = new float[dimensions];
        MemorySegment.copy(vectors, JAVA_FLOAT, at(row), embedding, 0, dimensions);
        return embedding;
    }

    void set(int row, int person, float[] embedding) {
        persons[row] = person;
        MemorySegment.copy(embedding, 0, vectors, JAVA_FLOAT, at(row), dimensions);
        var largest = 0f;
        for (var value : embedding) largest = Math.max(largest, Math.abs(value));
        round(row, embedding, largest / LARGEST_CODE);
    }

    private void round(int row, float[] embedding, float step) {
        var inverse = step < Float.MIN_NORMAL ? 0 : 1 / step;
        var squares = 0.0;
        var errors = 0.0;
        for (var i = 0; i < dimensions; i++) {
            // Shifted to be positive, for there a cast rounds one way.
            var code = (int) (embedding[i] * inverse + (LARGEST_CODE + 1.5f)) - (LARGEST_CODE + 1);
            codes.set(JAVA_BYTE, (long) i * ROWS + row, (byte) code);
            var rounded = (double) code * step;
            squares += rounded * rounded;
            errors += (embedding[i] - rounded) * (embedding[i] - rounded);
        }
        steps[row] = step;
        squaredLengths[row] = (float) squares;
        this.errors[row] = Math.nextUp((float) Math.sqrt(errors));
    }

    /// Nothing of the embedding stays.
    void clear(int row) {
        set(row, 0, new float[dimensions]);
    }

    /// Offers all that may be among the nearest of the first rows.
    void search(Query query, int rows, Nearest nearest) {
        var products = products(query.embedding());
        var sure = query.sure();
        var length = (float) query.squaredLength();
        var farthest = farthest(nearest);
        for (var row = 0; row < rows; row++) {
            var least = sure * (length + squaredLengths[row]) - 2 * steps[row] * products[row];
            var most = farthest + errors[row];
            if (least > most * most) continue;
            nearest.offer(persons[row], distance(row, query.embedding()));
            farthest = farthest(nearest);
        }
    }

    private static float farthest(Nearest nearest) {
        return Math.nextUp((float) nearest.farthest());
    }

    /// Of the rounded embeddings, in steps.
    private float[] products(float[] sought) {
        var products = new float[ROWS];
        for (var i = 0; i < dimensions; i++) {
            var value = sought[i];
            var start = (long) i * ROWS;
            for (var row = 0; row < ROWS; row++) products[row] += codes.get(JAVA_BYTE, start + row) * value;
        }
        return products;
    }

    private double distance(int row, float[] sought) {
        return Embeddings.distance(embedding(row), sought);
    }

    private long at(int row) {
        return (long) row * dimensions * Float.BYTES;
    }
}
