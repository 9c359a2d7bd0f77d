package dev.striate.data.batch;

import dev.striate.data.batch.BatchQueue.Claim;
import dev.striate.data.batch.Sampler.Slot;
import dev.striate.target.Target;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A batch in the making: its state changes under the queue's lock, its buffer and targets are filled outside it.
final class BatchBuffer {
    final Slot slot;
    final MemorySegment buffer;
    final Target[] targets;
    private int claimed;
    private int open;
    private int failedAt = Integer.MAX_VALUE;
    private @Nullable Throwable failure;
    private boolean givenBack;

    BatchBuffer(Slot slot, MemorySegment buffer) {
        this.slot = slot;
        this.buffer = buffer;
        this.targets = new Target[slot.indices().length];
        this.open = targets.length;
    }

    Claim claim(int count) {
        var from = claimed;
        claimed = Math.min(targets.length, claimed + count);
        return new Claim(this, from, claimed);
    }

    boolean isClaimed() {
        return claimed == targets.length;
    }

    void done(int count) {
        open -= count;
    }

    boolean isDone() {
        return open == 0;
    }

    /// Keeps the failure of the earliest picture, so that the same one is reported whichever thread was faster.
    void fail(int at, Throwable cause) {
        if (at >= failedAt) return;
        failedAt = at;
        failure = cause;
    }

    int failedAt() {
        return failedAt;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /// Whether this is the first time that the buffer comes back.
    boolean giveBack() {
        var first = !givenBack;
        givenBack = true;
        return first;
    }
}
