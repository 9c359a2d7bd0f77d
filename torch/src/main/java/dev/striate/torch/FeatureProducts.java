package dev.striate.torch;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Products of a layer's features, positions × channels: among each other, summed over positions (Gram matrices), and by a
/// matrix of channels × channels. By oneDNN where it can; libtorch's own products are OpenBLAS's, whose threads keep a core
/// busy for a while after each one.
final class FeatureProducts {
    /// Of one product of many positions and few channels, whose results would be too few for all threads.
    private static final long ROWS = 4096;

    private final boolean fused;
    private final Map<Sizes, Grams> grams = new HashMap<>();
    private final Map<Sizes, TensorPrimitive> sums = new HashMap<>();

    private record Sizes(long positions, long channels) {
        static Sizes of(Tensor features) {
            return new Sizes(features.size(0), features.size(1));
        }
    }

    /// @param fused whether features are float32 and on the CPU, and there is oneDNN
    FeatureProducts(boolean fused) {
        this.fused = fused;
    }

    /// `FᵀF`, channels × channels.
    Tensor gram(Tensor features) {
        if (!fused) return features.t().mm(features);
        return grams.computeIfAbsent(Sizes.of(features), Grams::of).of(features);
    }

    /// Adds `F·D` to positions × channels.
    void addProduct(Tensor features, Tensor matrix, Tensor sum) {
        if (!fused || !sum.is_contiguous()) {
            sum.addmm_(features, matrix);
            return;
        }
        var product = sums.computeIfAbsent(Sizes.of(features), FeatureProducts::sum);
        LinearProducts.run(product, features, matrix, sum);
    }

    private static TensorPrimitive sum(Sizes sizes) {
        var features = TensorPrimitive.desc(format_tag.ab, sizes.positions, sizes.channels);
        var matrix = TensorPrimitive.desc(format_tag.ab, sizes.channels, sizes.channels);
        return LinearProducts.product(features, matrix, features, false, true);
    }

    /// The products of equal parts of the positions.
    private record Grams(long parts, long channels, TensorPrimitive product) {
        static Grams of(Sizes sizes) {
            var positions = sizes.positions;
            var parts = LongStream.rangeClosed(1, Math.max(1, positions / ROWS)).filter(n -> positions % n == 0).max()
                    .orElseThrow();
            var each = positions / parts;
            var left = TensorPrimitive.desc(format_tag.acb, parts, sizes.channels, each);
            var right = TensorPrimitive.desc(format_tag.abc, parts, each, sizes.channels);
            var result = TensorPrimitive.desc(format_tag.abc, parts, sizes.channels, sizes.channels);
            return new Grams(parts, sizes.channels, LinearProducts.product(left, right, result, false, false));
        }

        Tensor of(Tensor features) {
            var products = torch.empty(parts, channels, channels);
            LinearProducts.run(product, features, features, products);
            return parts == 1 ? products.squeeze(0) : products.sum(0);
        }
    }
}
