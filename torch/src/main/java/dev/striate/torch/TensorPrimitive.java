package dev.striate.torch;

import dev.striate.onednn.Cpu;
import dev.striate.onednn.NativeObjects;
import dev.striate.onednn.Operation;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.pytorch.Tensor;

/// A primitive of oneDNN on the memory of libtorch's tensors; for one thread at a time.
final class TensorPrimitive {
    private final Operation operation;

    TensorPrimitive(primitive primitive, Map<Integer, memory.desc> arguments) {
        operation = new Operation(primitive, arguments, new NativeObjects());
    }

    /// Whether this platform has oneDNN. libtorch is loaded first, and its OpenMP library is then both libraries'.
    static boolean available() {
        Libtorch.load();
        return Cpu.available();
    }

    /// From DNNL_ARG_FROM to DNNL_ARG_TO, from one order in memory into another.
    ///
    /// @param adds whether to what is there
    static TensorPrimitive reordering(memory.desc from, memory.desc to, boolean adds) {
        try (var attributes = attributes(adds);
                var description = new reorder.primitive_desc(Cpu.ENGINE, from, Cpu.ENGINE, to, attributes, false)) {
            return new TensorPrimitive(new reorder(description), Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO,
                    to));
        }
    }

    /// Attributes of a primitive that writes its result over what is there, or adds to it; the caller's to close.
    static primitive_attr attributes(boolean adds) {
        var attributes = new primitive_attr();
        if (!adds) return attributes;
        try (var sum = new post_ops()) {
            sum.append_sum();
            attributes.set_post_ops(sum);
            return attributes;
        }
    }

    static memory.desc vector(long length) {
        return desc(memory.format_tag.x, length);
    }

    /// Float32 in this order.
    static memory.desc desc(memory.format_tag order, long... sizes) {
        return FusedType.FLOAT32.desc(order, sizes);
    }

    /// The length of a tensor whose memory holds this.
    static long floats(memory.desc desc) {
        return Math.ceilDiv(desc.get_size(), Float.BYTES);
    }

    /// Lends the memory of an argument.
    TensorPrimitive with(int argument, Tensor tensor) {
        operation.at(argument, tensor.data_ptr().address());
        return this;
    }

    /// Runs on the OpenMP threads of the caller; done when it returns.
    void run() {
        operation.run();
    }
}
