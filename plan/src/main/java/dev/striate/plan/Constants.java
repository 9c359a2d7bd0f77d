package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.onednn.Cpu;
import dev.striate.onednn.HugePages;
import dev.striate.onednn.NativeObjects;
import dev.striate.onednn.WorkerThreads;
import dev.striate.onednn.winograd.TileProducts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;

/// The weights of a plan, packed as the primitives want them: once for each layout that a batch size asks for.
///
/// The first packing of a layer in numbers of a type reads the stored tensor, later ones the first.
final class Constants implements AutoCloseable {
    private static final memory.format_tag[] DENSE = {
            memory.format_tag.a, memory.format_tag.ab, memory.format_tag.abc, memory.format_tag.abcd,
            memory.format_tag.abcde };

    private final NativeObjects natives = new NativeObjects();
    private final Map<String, List<memory>> packed = new HashMap<>();
    private final Map<String, memory> vectors = new HashMap<>();
    private long bytes;

    long bytes() {
        return bytes;
    }

    /// The weights of a step in the layout `wanted`.
    memory weights(String step, FoldedWeights weights, memory.desc wanted) {
        var known = packed.computeIfAbsent(step, _ -> new ArrayList<>());
        for (var layout : known) if (layout.get_desc().equals(wanted)) return layout;
        var target = allocate(wanted);
        known.stream().filter(layout -> type(layout.get_desc()) == type(wanted)).findFirst()
                .ifPresentOrElse(layout -> copy(layout, target), () -> pack(weights, target));
        known.add(target);
        return target;
    }

    private static int type(memory.desc desc) {
        return desc.get_data_type().value;
    }

    private static void pack(FoldedWeights weights, memory target) {
        var order = weights.channelsLast() ? memory.format_tag.acdb : DENSE[weights.sides().length - 1];
        var desc = new memory.desc(weights.sides(), memory.data_type.f32, order);
        if (desc.equals(target.get_desc())) {
            weights.write(segment(target));
        } else {
            HugePages.lend(desc, plain -> {
                weights.write(segment(plain));
                copy(plain, target);
            });
        }
    }

    /// The transformed 3×3 weights of a step, 36 × channels × filters in the layout `wanted`.
    memory tiled(String step, FoldedWeights weights, memory.desc wanted) {
        var known = packed.computeIfAbsent(step + ".tiled", _ -> new ArrayList<>());
        for (var layout : known) if (layout.get_desc().equals(wanted)) return layout;
        HugePages.lend(TileProducts.filters(weights.sides()[1], weights.filters(), true), plain -> {
            Tiles.transform(weights, segment(plain));
            known.add(copied(plain, wanted));
        });
        return known.getLast();
    }

    /// Weights of 8 bits and the scale of each filter.
    record Quantised(memory values, memory scales) {}

    /// The weights of a step as multiples of a scale for each filter, in the layout `wanted`.
    Quantised quantised(String step, FoldedWeights weights, memory.desc wanted) {
        var known = packed.computeIfAbsent(step + ".int8", _ -> new ArrayList<>());
        for (var layout : known) {
            if (layout.get_desc().equals(wanted)) return new Quantised(layout, vectors.get(step + ".scales"));
        }
        var desc = new memory.desc(weights.sides(), memory.data_type.s8, DENSE[weights.sides().length - 1]);
        HugePages.lend(desc, plain -> {
            vector(step + ".scales", weights.quantise(segment(plain)));
            known.add(copied(plain, wanted));
        });
        return new Quantised(known.getLast(), vectors.get(step + ".scales"));
    }

    private memory copied(memory from, memory.desc wanted) {
        var target = allocate(wanted);
        copy(from, target);
        return target;
    }

    private static void copy(memory from, memory to) {
        WorkerThreads.together(() -> {
            var stream = new stream(Cpu.ENGINE);
            new reorder(from, to).execute(stream, from, to);
            dnnl_stream_wait(stream.get());
        });
    }

    /// A vector of float32 by a name that is its own.
    memory vector(String name, float[] values) {
        return vectors.computeIfAbsent(name, _ -> {
            var vector = allocate(
                    new memory.desc(new long[] { values.length }, memory.data_type.f32, memory.format_tag.a));
            MemorySegment.copy(values, 0, segment(vector), ValueLayout.JAVA_FLOAT, 0, values.length);
            return vector;
        });
    }

    /// Unlike Java's memory, it is not cleared first.
    private memory allocate(memory.desc desc) {
        bytes += desc.get_size();
        return HugePages.allocate(desc, natives);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment segment(memory memory) {
        return MemorySegment.ofAddress(memory.get_data_handle().address()).reinterpret(memory.get_desc().get_size());
    }

    @Override
    public void close() {
        natives.close();
    }
}
