package dev.striate.data.batch;

import dev.striate.StriateException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The batches between the threads that fill them and the one that takes them: a fixed number of buffers off the heap.
final class BatchQueue implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    /// Pictures `from` to `to` of a batch, for one thread to prepare.
    record Claim(BatchBuffer filling, int from, int to) {}

    private final Sampler sampler;
    private final Arena arena = Arena.ofShared();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition ready = lock.newCondition();
    private final ArrayDeque<MemorySegment> free = new ArrayDeque<>();
    /// Batches begun and not yet taken, in order; only the last may have pictures that no thread has claimed.
    private final ArrayDeque<BatchBuffer> begun = new ArrayDeque<>();
    private boolean closed;

    BatchQueue(Sampler sampler, int buffers, long bytes) {
        this.sampler = sampler;
        for (var i = 0; i < buffers; i++) free.add(arena.allocate(bytes, ALIGNMENT));
    }

    boolean hasNext() {
        lock.lock();
        try {
            return !closed && (!begun.isEmpty() || sampler.hasNext());
        } finally {
            lock.unlock();
        }
    }

    /// Up to `count` pictures to prepare, once a buffer is free for them; null at the end.
    @Nullable
    Claim claim(int count) {
        lock.lock();
        try {
            while (!closed) {
                var last = begun.peekLast();
                if (last != null && !last.isClaimed()) return last.claim(count);
                if (!sampler.hasNext()) return null;
                if (free.isEmpty()) work.awaitUninterruptibly();
                else begun.add(new BatchBuffer(sampler.next(), free.remove()));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// The claimed pictures are prepared, or `failure` came at picture `at`.
    void done(Claim claim, int at, @Nullable Throwable failure) {
        lock.lock();
        try {
            if (failure != null) claim.filling().fail(at, failure);
            claim.filling().done(claim.to() - claim.from());
            if (claim.filling().isDone()) ready.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next batch in order.
    BatchBuffer take() {
        lock.lock();
        try {
            while (true) {
                if (closed) throw new StriateException("A batch was expected of a loader that is closed.");
                if (begun.isEmpty() && !sampler.hasNext()) throw new NoSuchElementException("No batch is left.");
                var first = begun.peek();
                if (first != null && first.isDone()) return begun.remove();
                if (first == null && free.isEmpty()) {
                    throw new StriateException("All batches of the loader are in use; close one before the next.");
                }
                ready.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StriateException("Waiting for a batch was interrupted.", e);
        } finally {
            lock.unlock();
        }
    }

    void giveBack(BatchBuffer filling) {
        lock.lock();
        try {
            if (!filling.giveBack()) return;
            free.add(filling.buffer);
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// No thread claims or takes anything from now on.
    void stop() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            ready.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Frees the buffers, once no thread fills them any more.
    @Override
    public void close() {
        if (arena.scope().isAlive()) arena.close();
    }
}
