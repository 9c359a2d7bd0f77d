package dev.striate.plan;

import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import org.bytedeco.dnnl.memory;

/// How a batch of values of one shape lies in memory.
enum MemoryFormat {
    /// N×C×H×W; all vectors lie so.
    PLAIN,
    /// N×H×W×C, as pictures come.
    LAST,
    /// N×C/b×H×W×b, b the processor's block.
    BLOCKED;

    /// Channels last, or plain where that is the same.
    static MemoryFormat unblocked(Shape shape) {
        return shape.isVector() ? PLAIN : LAST;
    }

    /// The format of dense values of a shape.
    memory.desc dense(int batch, Shape shape, ValueType type) {
        return new memory.desc(sides(batch, shape), type.stored(), tag());
    }

    /// A part of larger values `whole`, from their first channel, row and column on.
    memory.desc frame(int batch, Shape shape, Shape whole, ValueType type) {
        var sides = sides(batch, shape);
        if (this == BLOCKED) {
            return batch == 1 ? dense(1, shape, type) : dense(batch, whole, type).submemory_desc(sides, new long[4]);
        }
        long c = whole.channels();
        long h = whole.height();
        long w = whole.width();
        return new memory.desc(sides, type.stored(),
                this == PLAIN ? new long[] { c * h * w, h * w, w, 1 } : new long[] { c * h * w, 1, w * c, c });
    }

    /// How many values lie before a place of a picture; for blocks, the channel is the first of one and the place 0, 0.
    long index(Shape whole, int channel, int row, int column) {
        return switch (this) {
            case PLAIN -> ((long) channel * whole.height() + row) * whole.width() + column;
            case LAST -> ((long) row * whole.width() + column) * whole.channels() + channel;
            case BLOCKED -> (long) channel * whole.height() * whole.width();
        };
    }

    static long[] sides(int batch, Shape shape) {
        return new long[] { batch, shape.channels(), shape.height(), shape.width() };
    }

    static memory.desc any(int batch, Shape shape, ValueType type) {
        return new memory.desc(sides(batch, shape), type.stored(), memory.format_tag.any);
    }

    private memory.format_tag tag() {
        return switch (this) {
            case PLAIN -> memory.format_tag.nchw;
            case LAST -> memory.format_tag.nhwc;
            case BLOCKED -> Cpu.BLOCK == 16 ? memory.format_tag.nChw16c : memory.format_tag.nChw8c;
        };
    }
}
