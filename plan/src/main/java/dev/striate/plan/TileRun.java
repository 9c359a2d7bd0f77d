package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.onednn.NativeObjects;
import dev.striate.onednn.Operation;
import dev.striate.onednn.Shares;
import dev.striate.onednn.winograd.TilePlanes;
import dev.striate.onednn.winograd.TileRow;
import dev.striate.onednn.winograd.WinogradConvolution;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;

/// A convolution by tiles in one context's memory, whose chunks are shared by as many threads as it was planned for.
final class TileRun {
    private final WinogradConvolution layer;
    private final MemorySegment from;
    private final MemorySegment to;
    private final Member[] members;
    private final Shares chunks;

    /// The memory in which one thread takes a chunk all the way.
    private record Member(TileRow row, TilePlanes transformed, Runnable products, TilePlanes multiplied) {}

    /// @param rows at least one for each thread
    TileRun(PreparedCall.Tile call, MemorySegment memory, List<TileRow> rows, NativeObjects natives) {
        layer = call.layer();
        from = values(memory, call.from());
        to = values(memory, call.to());
        members = new Member[call.threads()];
        chunks = new Shares(Math.ceilDiv(layer.tiling().rows(), layer.rows()), call.threads());
        for (var i = 0; i < members.length; i++) members[i] = member(call, i, memory, rows.get(i), natives);
    }

    private static MemorySegment values(MemorySegment memory, TensorView view) {
        return memory.asSlice(view.region().offset() + view.offset(), view.desc().get_size());
    }

    private static Member member(PreparedCall.Tile call, int i, MemorySegment memory, TileRow row,
            NativeObjects natives) {
        var products = call.products();
        var layer = call.layer();
        var transformed = place(call.transformed(), products.transformed(), i);
        var multiplied = place(call.multiplied(), products.multiplied(), i);
        var scratch = place(call.scratch(), products.scratch(), i);
        return new Member(row, planes(memory, transformed, layer, layer.channels()),
                products(products, memory.address(), transformed, multiplied, scratch, natives)::run,
                planes(memory, multiplied, layer, layer.filters()));
    }

    private static long place(Lifetime region, memory.desc each, int member) {
        return region.offset() + member * PreparedCall.Products.each(each);
    }

    private static TilePlanes planes(MemorySegment memory, long place, WinogradConvolution layer, int channels) {
        return new TilePlanes(memory.asSlice(place, TilePlanes.bytes(layer.tiles(), channels)), layer.tiles(),
                channels);
    }

    private static Operation products(PreparedCall.Products products, long values, long transformed, long multiplied,
            long scratch, NativeObjects natives) {
        var arguments = Map.of(DNNL_ARG_SRC, products.transformed(), DNNL_ARG_WEIGHTS, products.weights().get_desc(),
                DNNL_ARG_DST, products.multiplied(), DNNL_ARG_SCRATCHPAD, products.scratch());
        return new Operation(products.primitive(), arguments, natives)
                .at(DNNL_ARG_SRC, values + transformed)
                .at(DNNL_ARG_WEIGHTS, products.weights().get_data_handle().address())
                .at(DNNL_ARG_DST, values + multiplied)
                .at(DNNL_ARG_SCRATCHPAD, values + scratch);
    }

    /// Begins again, once all chunks are done.
    void restart() {
        chunks.restart();
    }

    /// Takes chunks in the memory of one of the threads until none is left.
    void takeChunks(int thread) {
        var member = members[thread];
        for (var chunk = chunks.next(thread); chunk >= 0; chunk = chunks.next(thread)) {
            layer.convolve(chunk * layer.rows(), member.row(), from, member.transformed(), member.products(),
                    member.multiplied(), to);
        }
    }
}
