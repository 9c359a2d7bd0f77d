package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.winograd.Tiling;
import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.pytorch.Tensor;

/// The 36 matrix products of a chunk of tiles, by oneDNN, for each member of a crew; made once for each size.
final class TileProducts {
    private final OneDnn.Operation[] operations;
    private final OneDnn.Operation packing;
    private final long packedFloats;

    private TileProducts(matmul.primitive_desc product, memory.desc left, memory.desc plain, memory.desc result,
            int members) {
        var right = Tensors.kept(product.weights_desc());
        packedFloats = OneDnn.floats(right);
        packing = OneDnn.reordering(plain, right, false);
        operations = new OneDnn.Operation[members];
        for (var i = 0; i < members; i++) {
            operations[i] = new OneDnn.Operation(new matmul(product),
                    Map.of(DNNL_ARG_SRC, left, DNNL_ARG_WEIGHTS, right, DNNL_ARG_DST, result));
        }
    }

    /// Tiles × from times from × to.
    ///
    /// @param transposed whether the filters lie as to × from
    static TileProducts ofFilters(int tiles, int from, int to, boolean transposed, int members) {
        var left = OneDnn.matrices(Tiling.AREA, tiles, from, format_tag.abc);
        var plain = OneDnn.matrices(Tiling.AREA, from, to, transposed ? format_tag.acb : format_tag.abc);
        var result = OneDnn.matrices(Tiling.AREA, tiles, to, format_tag.abc);
        try (var any = OneDnn.matrices(Tiling.AREA, from, to, format_tag.any);
                var attributes = OneDnn.attributes(false);
                var product = new matmul.primitive_desc(OneDnn.Cpu.ENGINE, left, any, result, attributes, false)) {
            return new TileProducts(product, left, plain, result, members);
        }
    }

    /// Adds (tiles × filters)ᵀ times tiles × channels to the result.
    static TileProducts ofGradients(int tiles, int filters, int channels, int members) {
        var left = OneDnn.matrices(Tiling.AREA, filters, tiles, format_tag.acb);
        var right = OneDnn.matrices(Tiling.AREA, tiles, channels, format_tag.abc);
        var result = OneDnn.matrices(Tiling.AREA, filters, channels, format_tag.abc);
        try (var attributes = OneDnn.attributes(true);
                var product = new matmul.primitive_desc(OneDnn.Cpu.ENGINE, left, right, result, attributes, false)) {
            return new TileProducts(product, left, right, result, members);
        }
    }

    /// The filters in the order that the product reads fastest.
    Tensor packed(Tensor plain) {
        var packed = org.bytedeco.pytorch.global.torch.empty(packedFloats);
        packing.with(DNNL_ARG_FROM, plain).with(DNNL_ARG_TO, packed).run();
        return packed;
    }

    void lend(int member, Tensor left, Tensor right, Tensor result) {
        operations[member].with(DNNL_ARG_SRC, left).with(DNNL_ARG_WEIGHTS, right).with(DNNL_ARG_DST, result);
    }

    void run(int member) {
        operations[member].run();
    }
}
