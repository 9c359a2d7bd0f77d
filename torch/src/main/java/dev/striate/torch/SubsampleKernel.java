package dev.striate.torch;

import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A pooling of one pixel with a stride: every so manyth row and column, as a view.
record SubsampleKernel(Size stride, Shape input) implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        return view(node.x(), stride);
    }

    /// Every so manyth row and column of N×C×H×W.
    static Tensor view(Tensor x, Size stride) {
        var whole = new LongOptional();
        return x.slice(2, whole, whole, stride.height()).slice(3, whole, whole, stride.width());
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = node.gradient();
        var sizes = new long[] { gradient.size(0), input.height(), input.width(), input.channels() };
        var spread = torch.zeros(sizes, gradient.options()).permute(0, 3, 1, 2); // N×C×H×W, channels-last
        view(spread, stride).copy_(gradient);
        node.give(0, spread);
    }

    @Override
    public boolean aliases() {
        return true;
    }
}
