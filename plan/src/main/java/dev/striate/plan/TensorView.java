package dev.striate.plan;

import dev.striate.graph.Shape;
import org.bytedeco.dnnl.memory;

/// A batch of values in memory: where they start in a region, and how they lie.
///
/// @param whole the shape of the values of which these are some channels; their own where they are dense
record TensorView(Lifetime region, long offset, memory.desc desc, MemoryFormat format, Shape shape, Shape whole,
        int batch, ValueType type) {
    static TensorView dense(Lifetime region, MemoryFormat format, int batch, Shape shape, ValueType type) {
        return new TensorView(region, 0, format.dense(batch, shape, type), format, shape, shape, batch, type);
    }

    /// Channels from `first` on, of a dense view.
    TensorView part(int first, Shape shape) {
        return frame(first, 0, 0, shape);
    }

    /// A part of a dense view, from a place of each picture on.
    TensorView frame(int channel, int top, int left, Shape shape) {
        return new TensorView(region, offset + format.index(whole, channel, top, left) * type.bytes(),
                format.frame(batch, shape, whole, type), format, shape, whole, batch, type);
    }

    /// As if nothing lay around it: for a view that is not strided.
    TensorView alone() {
        return new TensorView(region, offset, desc, format, shape, shape, batch, type);
    }

    /// Whether other values lie between its pictures, which oneDNN's faster primitives do not take.
    boolean strided() {
        return !shape.equals(whole) && (batch > 1 || format != MemoryFormat.BLOCKED);
    }

    /// One picture of a view whose pictures are dense.
    TensorView picture(int index) {
        return new TensorView(region, offset + index * whole.elements() * type.bytes(),
                format.dense(1, shape, type), format, shape, shape, 1, type);
    }

    /// The same memory under another description.
    TensorView as(memory.desc desc) {
        return new TensorView(region, offset, desc, format, shape, whole, batch, type);
    }

    /// The same memory for numbers of another type.
    TensorView over(ValueType type) {
        return new TensorView(region, offset, format.dense(batch, shape, type), format, shape, whole, batch, type);
    }
}
