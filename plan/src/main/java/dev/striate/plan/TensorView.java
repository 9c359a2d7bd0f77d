package dev.striate.plan;

import dev.striate.graph.Shape;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/// A batch of values in memory: where they start in a region, and how they lie.
///
/// @param whole the shape of the values of which these are some channels; their own where they are dense
/// @param range what their 8 bits stand for; null where they are float32
record TensorView(Lifetime region, long offset, memory.desc desc, MemoryFormat format, Shape shape, Shape whole,
        int batch,
        Quantisation.@Nullable Range range) {
    TensorView(Lifetime region, long offset, memory.desc desc, MemoryFormat format, Shape shape, Shape whole,
            int batch) {
        this(region, offset, desc, format, shape, whole, batch, null);
    }

    static TensorView dense(Lifetime region, MemoryFormat format, int batch, Shape shape) {
        return new TensorView(region, 0, format.dense(batch, shape), format, shape, shape, batch);
    }

    /// Channels from `first` on, of a dense view.
    TensorView part(int first, Shape shape) {
        return new TensorView(region, offset + format.index(whole, first, 0, 0) * bytes(),
                format.part(batch, shape, whole.channels(), MemoryFormat.type(range)), format, shape, whole, batch,
                range);
    }

    /// Whether other values lie between its pictures, which oneDNN's faster primitives do not take.
    boolean strided() {
        return !shape.equals(whole) && (batch > 1 || format != MemoryFormat.BLOCKED);
    }

    /// One picture of a view whose pictures are dense.
    TensorView picture(int index) {
        return new TensorView(region, offset + index * whole.elements() * bytes(),
                format.dense(1, shape, MemoryFormat.type(range)), format, shape, shape, 1, range);
    }

    /// The same memory under another description.
    TensorView as(memory.desc desc) {
        return new TensorView(region, offset, desc, format, shape, whole, batch, range);
    }

    /// The same memory for values of another range.
    TensorView over(Quantisation.@Nullable Range range) {
        return new TensorView(region, offset, format.dense(batch, shape, MemoryFormat.type(range)), format, shape,
                whole, batch,
                range);
    }

    private int bytes() {
        return range == null ? Float.BYTES : Byte.BYTES;
    }
}
