package dev.striate.plan;

import dev.striate.graph.Shape;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/// A batch of values in memory: where they start in a region, and how they lie.
///
/// @param whole the shape of the values of which these are some channels; their own where they are dense
/// @param range what their 8 bits stand for; null where they are float32
record View(Region region, long offset, memory.desc desc, Format format, Shape shape, Shape whole, int batch,
        Quantisation.@Nullable Range range) {
    View(Region region, long offset, memory.desc desc, Format format, Shape shape, Shape whole, int batch) {
        this(region, offset, desc, format, shape, whole, batch, null);
    }

    static View dense(Region region, Format format, int batch, Shape shape) {
        return new View(region, 0, format.dense(batch, shape), format, shape, shape, batch);
    }

    /// Channels from `first` on, of a dense view.
    View part(int first, Shape shape) {
        return new View(region, offset + format.index(whole, first, 0, 0) * bytes(),
                format.part(batch, shape, whole.channels(), Format.type(range)), format, shape, whole, batch, range);
    }

    /// Whether other values lie between its pictures, which oneDNN's faster primitives do not take.
    boolean strided() {
        return !shape.equals(whole) && (batch > 1 || format != Format.BLOCKED);
    }

    /// One picture of a view whose pictures are dense.
    View picture(int index) {
        return new View(region, offset + index * whole.elements() * bytes(),
                format.dense(1, shape, Format.type(range)), format, shape, shape, 1, range);
    }

    /// The same memory under another description.
    View as(memory.desc desc) {
        return new View(region, offset, desc, format, shape, whole, batch, range);
    }

    /// The same memory for values of another range.
    View over(Quantisation.@Nullable Range range) {
        return new View(region, offset, format.dense(batch, shape, Format.type(range)), format, shape, whole, batch,
                range);
    }

    private int bytes() {
        return range == null ? Float.BYTES : Byte.BYTES;
    }
}
