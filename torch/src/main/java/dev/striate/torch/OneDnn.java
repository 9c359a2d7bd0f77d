package dev.striate.torch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// oneDNN beside libtorch: operations on the memory of libtorch's tensors.
///
/// libtorch is loaded first, so that oneDNN finds its OpenMP library in the process and shares its threads.
final class OneDnn {
    private static final boolean AVAILABLE = load();
    private static final @Nullable Pointer NOWHERE = null;

    private OneDnn() {}

    /// Whether this platform has the library.
    static boolean available() {
        return AVAILABLE;
    }

    private static boolean load() {
        Engine.start();
        try {
            Loader.load(dnnl.class);
            return true;
        } catch (LinkageError _) {
            return false;
        }
    }

    /// The CPU; made when first used, since the library may be absent.
    static final class Cpu {
        static final engine ENGINE = Tensors.kept(new engine(engine.kind.cpu, 0));

        private Cpu() {}
    }

    /// N×C×H×W float32, channels-last.
    static memory.desc channelsLast(long... sizes) {
        return Tensors.kept(new memory.desc(sizes, memory.data_type.f32, memory.format_tag.nhwc));
    }

    /// Count × rows × columns float32.
    static memory.desc matrices(long count, long rows, long columns, memory.format_tag order) {
        return Tensors.kept(
                new memory.desc(new long[] { count, rows, columns }, memory.data_type.f32, order));
    }

    static memory.desc vector(long length) {
        return Tensors.kept(new memory.desc(new long[] { length }, memory.data_type.f32, memory.format_tag.x));
    }

    /// The length of a tensor whose memory holds this.
    static long floats(memory.desc desc) {
        return Math.ceilDiv(desc.get_size(), Float.BYTES);
    }

    /// From DNNL_ARG_FROM to DNNL_ARG_TO, from one order in memory into another.
    ///
    /// @param adds whether to what is there
    static Operation reordering(memory.desc from, memory.desc to, boolean adds) {
        try (var attributes = attributes(adds);
                var description = new reorder.primitive_desc(Cpu.ENGINE, from, Cpu.ENGINE, to, attributes, false)) {
            return new Operation(new reorder(description), Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
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

    /// A primitive and its arguments' memory, which tensors lend for each call; for one thread.
    static final class Operation {
        private final primitive primitive;
        private final stream stream = Tensors.kept(new stream(Cpu.ENGINE));
        private final IntMemoryMap arguments = Tensors.kept(new IntMemoryMap());
        private final Map<Integer, memory> memories = new HashMap<>();

        Operation(primitive primitive, Map<Integer, memory.desc> arguments) {
            this.primitive = Tensors.kept(primitive);
            arguments.forEach((argument, desc) -> {
                var memory = Tensors.kept(new memory(desc, Cpu.ENGINE, NOWHERE));
                memories.put(argument, memory);
                this.arguments.put(argument, memory);
            });
        }

        Operation with(int argument, Tensor tensor) {
            memories.get(argument).set_data_handle(tensor.data_ptr());
            return this;
        }

        /// Runs on the caller's OpenMP threads; done when it returns.
        void run() {
            primitive.execute(stream, arguments);
        }
    }
}
