package dev.striate.onednn.winograd;

import dev.striate.onednn.Cpu;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive_attr;

/// oneDNN's descriptions of the 36 matrix products of a chunk of tiles.
public final class TileProducts {
    private TileProducts() {}

    /// Tiles × from times from × to, the filters in the order that the product reads fastest.
    public static matmul.primitive_desc ofFilters(int tiles, int from, int to, primitive_attr attributes) {
        try (var x = matrices(tiles, from, format_tag.abc);
                var filters = matrices(from, to, format_tag.any);
                var y = matrices(tiles, to, format_tag.abc)) {
            return new matmul.primitive_desc(Cpu.ENGINE, x, filters, y, attributes, true);
        }
    }

    /// The transforms of filters as [TransformedFilters] writes them, seen as channels × filters or as filters × channels.
    public static memory.desc filters(long channels, long filters, boolean asChannelsByFilters) {
        return asChannelsByFilters ? matrices(channels, filters, format_tag.acb)
                : matrices(filters, channels, format_tag.abc);
    }

    /// (Tiles × filters)ᵀ times tiles × channels.
    public static matmul.primitive_desc ofGradients(int tiles, int filters, int channels, primitive_attr attributes) {
        try (var gradients = matrices(filters, tiles, format_tag.acb);
                var x = matrices(tiles, channels, format_tag.abc);
                var sums = matrices(filters, channels, format_tag.abc)) {
            return new matmul.primitive_desc(Cpu.ENGINE, gradients, x, sums, attributes, true);
        }
    }

    private static memory.desc matrices(long rows, long columns, format_tag order) {
        return new memory.desc(new long[] { Tiling.AREA, rows, columns }, memory.data_type.f32, order);
    }
}
