package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.winograd.Planes;
import dev.striate.winograd.TileRow;
import java.lang.foreign.MemorySegment;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.memory;

/// A convolution by tiles in one context's memory.
final class TileRun {
    private static final int ARGUMENTS = 4;

    private final Winograd layer;
    private final MemorySegment from;
    private final MemorySegment to;
    private final Planes spread;
    private final Planes multiplied;
    private final TileRow row;
    private final dnnl_stream stream;
    private final dnnl_primitive products;
    private final dnnl_exec_arg_t arguments;

    TileRun(Call.Tile call, MemorySegment memory, TileRow row, dnnl_stream stream, Natives natives) {
        layer = call.layer();
        this.row = row;
        this.stream = stream;
        from = values(memory, call.from());
        to = values(memory, call.to());
        spread = planes(memory, call.spread(), layer.channels());
        multiplied = planes(memory, call.multiplied(), layer.filters());
        products = natives.keep(call.products().primitive().get());
        arguments = arguments(call, memory, natives);
    }

    private static MemorySegment values(MemorySegment memory, View view) {
        return memory.asSlice(view.region().offset() + view.offset(), view.desc().get_size());
    }

    private Planes planes(MemorySegment memory, Region region, int channels) {
        return new Planes(memory.asSlice(region.offset(), region.bytes), layer.tiles(), channels);
    }

    private static dnnl_exec_arg_t arguments(Call.Tile call, MemorySegment values, Natives natives) {
        var products = call.products();
        var list = natives.keep(new dnnl_exec_arg_t(ARGUMENTS));
        list.position(0).arg(DNNL_ARG_SRC).memory(memory(values, call.spread(), products.spread(), natives));
        list.position(1).arg(DNNL_ARG_WEIGHTS).memory(products.weights().get());
        list.position(2).arg(DNNL_ARG_DST).memory(memory(values, call.multiplied(), products.multiplied(), natives));
        list.position(3).arg(DNNL_ARG_SCRATCHPAD).memory(memory(values, call.scratch(), products.scratch(), natives));
        return list.position(0);
    }

    private static dnnl_memory memory(MemorySegment values, Region region, memory.desc desc, Natives natives) {
        var address = new Engine.Address(values.address() + region.offset());
        return natives.keep(natives.keep(new memory(desc, Engine.CPU, address)).get());
    }

    void run() {
        var all = layer.tiling().rows();
        for (var first = 0; first < all; first += layer.rows()) take(first, Math.min(layer.rows(), all - first));
    }

    private void take(int first, int count) {
        var tiling = layer.tiling();
        for (var i = 0; i < count; i++) row.spread(tiling, from, first + i, spread, i * tiling.columns());
        Context.execute(products, stream, ARGUMENTS, arguments);
        for (var i = 0; i < count; i++) {
            row.gather(tiling, multiplied, i * tiling.columns(), to, first + i, layer.ending());
        }
    }
}
