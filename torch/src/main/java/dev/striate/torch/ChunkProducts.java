package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.onednn.winograd.TileProducts;
import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.pytorch.Tensor;

/// The 36 matrix products of a chunk of tiles for each member of a crew; made once for each size.
final class ChunkProducts {
    private final TensorPrimitive[] products;
    private final TensorPrimitive packing;
    private final long packedFloats;

    private ChunkProducts(matmul.primitive_desc product, memory.desc plain, int members) {
        var right = Tensors.kept(product.weights_desc());
        packedFloats = TensorPrimitive.floats(right);
        packing = TensorPrimitive.reordering(plain, right, false);
        products = new TensorPrimitive[members];
        for (var i = 0; i < members; i++) {
            products[i] = new TensorPrimitive(new matmul(product), Map.of(DNNL_ARG_SRC, product.src_desc(),
                    DNNL_ARG_WEIGHTS, right, DNNL_ARG_DST, product.dst_desc()));
        }
    }

    /// Tiles × channels times channels × filters.
    static ChunkProducts forward(int tiles, int channels, int filters, int members) {
        return ofFilters(tiles, channels, filters, TileProducts.filters(channels, filters, true), members);
    }

    /// Tiles × filters times filters × channels.
    static ChunkProducts backward(int tiles, int channels, int filters, int members) {
        return ofFilters(tiles, filters, channels, TileProducts.filters(channels, filters, false), members);
    }

    private static ChunkProducts ofFilters(int tiles, int from, int to, memory.desc plain, int members) {
        try (plain;
                var attributes = TensorPrimitive.attributes(false);
                var product = TileProducts.ofFilters(tiles, from, to, attributes)) {
            return new ChunkProducts(product, plain, members);
        }
    }

    /// Adds (tiles × filters)ᵀ times tiles × channels to the result.
    static ChunkProducts ofGradients(int tiles, int channels, int filters, int members) {
        try (var attributes = TensorPrimitive.attributes(true);
                var product = TileProducts.ofGradients(tiles, filters, channels, attributes);
                var right = product.weights_desc()) {
            return new ChunkProducts(product, right, members);
        }
    }

    /// The floats of packed filters.
    long packedFloats() {
        return packedFloats;
    }

    /// Brings the filters into the order that the product reads fastest.
    void pack(Tensor plain, Tensor packed) {
        packing.with(DNNL_ARG_FROM, plain).with(DNNL_ARG_TO, packed).run();
    }

    void lend(int member, Tensor left, Tensor right, Tensor result) {
        products[member].with(DNNL_ARG_SRC, left).with(DNNL_ARG_WEIGHTS, right).with(DNNL_ARG_DST, result);
    }

    void run(int member) {
        products[member].run();
    }
}
