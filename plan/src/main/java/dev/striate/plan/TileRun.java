package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.onednn.NativeObjects;
import dev.striate.onednn.Operation;
import dev.striate.onednn.winograd.TilePlanes;
import dev.striate.onednn.winograd.TileRow;
import dev.striate.onednn.winograd.WinogradConvolution;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// A convolution by tiles in one context's memory.
final class TileRun {
    private final WinogradConvolution layer;
    private final MemorySegment from;
    private final MemorySegment to;
    private final TilePlanes transformed;
    private final TilePlanes multiplied;
    private final TileRow row;
    private final Runnable products;

    TileRun(PreparedCall.Tile call, MemorySegment memory, TileRow row, NativeObjects natives) {
        layer = call.layer();
        this.row = row;
        from = values(memory, call.from());
        to = values(memory, call.to());
        transformed = planes(memory, call.transformed(), layer.channels());
        multiplied = planes(memory, call.multiplied(), layer.filters());
        products = products(call, memory.address(), natives)::run;
    }

    private static MemorySegment values(MemorySegment memory, TensorView view) {
        return memory.asSlice(view.region().offset() + view.offset(), view.desc().get_size());
    }

    private TilePlanes planes(MemorySegment memory, Lifetime region, int channels) {
        return new TilePlanes(memory.asSlice(region.offset(), region.bytes), layer.tiles(), channels);
    }

    private static Operation products(PreparedCall.Tile call, long values, NativeObjects natives) {
        var products = call.products();
        var arguments = Map.of(DNNL_ARG_SRC, products.transformed(), DNNL_ARG_WEIGHTS, products.weights().get_desc(),
                DNNL_ARG_DST, products.multiplied(), DNNL_ARG_SCRATCHPAD, products.scratch());
        return new Operation(products.primitive(), arguments, natives)
                .at(DNNL_ARG_SRC, values + call.transformed().offset())
                .at(DNNL_ARG_WEIGHTS, products.weights().get_data_handle().address())
                .at(DNNL_ARG_DST, values + call.multiplied().offset())
                .at(DNNL_ARG_SCRATCHPAD, values + call.scratch().offset());
    }

    void run() {
        var all = layer.tiling().rows();
        for (var first = 0; first < all; first += layer.rows()) {
            layer.convolve(first, row, from, transformed, products, multiplied, to);
        }
    }
}
