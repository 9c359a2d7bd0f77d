package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The gradient of a convolution's weights as a matrix product for each place in its window: filters × positions times positions
/// × channels. Where there are more weights than values, oneDNN's own way is at a third of the processor's peak, and the
/// pixels that each place reads are cheap to copy. One group.
final class TapProducts {
    private static final Scalar ZERO = Tensors.kept(new Scalar(0));

    private final Op.Conv conv;
    private final Shape y;
    private final TensorPrimitive product;

    TapProducts(FusedType type, Op.Conv conv, Shape x, Shape y, long n) {
        this.conv = conv;
        this.y = y;
        var channels = (long) x.channels();
        var positions = n * y.size().area();
        var places = (long) conv.window().kernel().area();
        var gradients = type.desc(format_tag.ba, conv.filters(), positions);
        var pixels = type.desc(format_tag.ab, positions, channels);
        var weights = Tensors.kept(new memory.desc(new long[] { conv.filters(), channels }, memory.data_type.f32,
                new long[] { places * channels, 1 }));
        product = LinearProducts.product(gradients, pixels, weights, false, true);
    }

    /// Adds to the gradient of the weight, filters × height × width × channels in memory.
    ///
    /// @param x channels-last, as the output's gradient
    void add(Tensor x, Tensor gradient, Tensor weight) {
        var window = conv.window();
        var padded = padded(x);
        var places = weight.mutable_grad().permute(0, 2, 3, 1).flatten(1, 2); // filters × places × channels
        var width = window.kernel().width();
        for (var i = 0; i < window.kernel().area(); i++) {
            var pixels = pixels(padded, i / width * window.dilation().height(), i % width * window.dilation().width());
            LinearProducts.run(product, gradient, pixels, places.select(1, i));
        }
    }

    private Tensor padded(Tensor x) {
        var padding = conv.window().padding();
        if (padding.height() == 0 && padding.width() == 0) return x;
        long height = padding.height(), width = padding.width();
        return torch.constant_pad_nd(x, new long[] { width, width, height, height }, ZERO);
    }

    /// What one place of the window reads, positions × channels.
    private Tensor pixels(Tensor padded, long top, long left) {
        var stride = conv.window().stride();
        var rows = padded.slice(2, new LongOptional(top),
                new LongOptional(top + (y.height() - 1L) * stride.height() + 1),
                stride.height());
        return rows.slice(3, new LongOptional(left), new LongOptional(left + (y.width() - 1L) * stride.width() + 1),
                stride.width()).permute(0, 2, 3, 1).contiguous();
    }
}
