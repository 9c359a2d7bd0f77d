package dev.striate.data.batch;

import dev.striate.graph.Shape;
import dev.striate.target.Target;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Prepared pictures: `pixels` is float32, N×H×W×C, off the heap; `indices` are their places in the data set. The memory
/// belongs to the loader: close the batch to give it back, and do not touch `pixels` after that.
public final class Batch implements AutoCloseable {
    private final BatchBuffer filling;
    private final BatchQueue queue;
    private final Shape shape;

    Batch(BatchBuffer filling, BatchQueue queue, Shape shape) {
        this.filling = filling;
        this.queue = queue;
        this.shape = shape;
    }

    public int epoch() {
        return filling.slot.epoch();
    }

    /// The batch's number in its epoch, from 0.
    public int number() {
        return filling.slot.batch();
    }

    public int size() {
        return filling.slot.indices().length;
    }

    /// The shape of one picture.
    public Shape shape() {
        return shape;
    }

    public MemorySegment pixels() {
        return filling.buffer.asSlice(0, size() * shape.elements() * Float.BYTES);
    }

    /// What is known of each picture, in the pixels of the prepared one.
    public List<Target> targets() {
        return List.of(filling.targets);
    }

    public int[] indices() {
        return filling.slot.indices();
    }

    @Override
    public void close() {
        queue.giveBack(filling);
    }
}
