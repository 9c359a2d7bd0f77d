package dev.striate.vision.verify;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/// All embeddings of a gallery in memory, nearly all outside Java's heap. Any number of threads search at once; whoever changes
/// something holds [#changing].
final class EmbeddingRows implements AutoCloseable {
    private final int dimensions;
    private final Arena arena = Arena.ofShared();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<EmbeddingBlock> blocks = new ArrayList<>();
    private int size;
    private boolean isClosed;

    EmbeddingRows(int dimensions) {
        this.dimensions = dimensions;
    }

    Lock changing() {
        return lock.writeLock();
    }

    void add(int person, float[] embedding) {
        expectOpen();
        if (size == blocks.size() * EmbeddingBlock.ROWS) blocks.add(new EmbeddingBlock(dimensions, arena));
        block(size).set(place(size), person, embedding);
        size++;
    }

    /// The last embedding takes the place of each one that goes.
    void remove(Set<Integer> persons) {
        expectOpen();
        if (persons.isEmpty()) return;
        for (var row = size - 1; row >= 0; row--) {
            if (persons.contains(block(row).person(place(row)))) remove(row);
        }
    }

    private void remove(int row) {
        var last = block(--size);
        var from = place(size);
        if (row < size) block(row).set(place(row), last.person(from), last.embedding(from));
        last.clear(from);
    }

    /// The nearest persons, the nearest first.
    List<Nearest.Found> nearest(float[] embedding, int count) {
        var query = new EmbeddingBlock.Query(embedding);
        var nearest = new Nearest(count);
        lock.readLock().lock();
        try {
            expectOpen();
            IntStream.range(0, blocks.size()).parallel()
                    .forEach(i -> blocks.get(i).search(query, Math.clamp(size - i * EmbeddingBlock.ROWS, 0,
                            EmbeddingBlock.ROWS), nearest));
        } finally {
            lock.readLock().unlock();
        }
        return nearest.found();
    }

    int size() {
        lock.readLock().lock();
        try {
            return size;
        } finally {
            lock.readLock().unlock();
        }
    }

    long bytes() {
        lock.readLock().lock();
        try {
            return blocks.size() * EmbeddingBlock.ROWS * EmbeddingBlock.bytes(dimensions);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!isClosed) arena.close();
            isClosed = true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void expectOpen() {
        if (isClosed) throw new IllegalStateException("The gallery is closed.");
    }

    private EmbeddingBlock block(int row) {
        return blocks.get(row / EmbeddingBlock.ROWS);
    }

    private static int place(int row) {
        return row % EmbeddingBlock.ROWS;
    }
}
