package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A part of the rows and columns, as a view; the gradient is zero around it. The second input gives its size only.
record CropKernel(Op.Crop crop, Shape input, Shape output) implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        return part(node.x());
    }

    private Tensor part(Tensor x) {
        return x.narrow(2, crop.top(), output.height()).narrow(3, crop.left(), output.width());
    }

    @Override
    public void backward(NodeContext node) {
        if (!node.wants(0)) return;
        var gradient = node.gradient();
        var sizes = new long[] { gradient.size(0), input.height(), input.width(), input.channels() };
        var surrounded = torch.zeros(sizes, gradient.options()).permute(0, 3, 1, 2); // N×C×H×W, channels-last
        part(surrounded).copy_(gradient);
        node.give(0, surrounded);
    }

    @Override
    public boolean aliases() {
        return true;
    }
}
