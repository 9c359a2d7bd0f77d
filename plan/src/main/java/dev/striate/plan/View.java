package dev.striate.plan;

import dev.striate.graph.Shape;
import org.bytedeco.dnnl.memory;

/// A batch of values in memory: where they start in a region, and how they lie.
///
/// @param whole the shape of the values of which these are some channels; their own where they are dense
record View(Region region, long offset, memory.desc desc, Format format, Shape shape, Shape whole, int batch) {
    static View dense(Region region, Format format, int batch, Shape shape) {
        return new View(region, 0, format.dense(batch, shape), format, shape, shape, batch);
    }

    /// Channels from `first` on, of a dense view.
    View part(int first, Shape shape) {
        return new View(region, offset + format.index(whole, first, 0, 0) * Float.BYTES,
                format.part(batch, shape, whole.channels()), format, shape, whole, batch);
    }

    /// Whether other values lie between its pictures, which oneDNN's faster primitives do not take.
    boolean strided() {
        return !shape.equals(whole) && (batch > 1 || format != Format.BLOCKED);
    }

    /// One picture of a view whose pictures are dense.
    View picture(int index) {
        return new View(region, offset + index * whole.elements() * Float.BYTES, format.dense(1, shape), format, shape,
                shape, 1);
    }
}
