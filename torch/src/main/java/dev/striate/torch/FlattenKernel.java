package dev.striate.torch;

import dev.striate.graph.Shape;
import org.bytedeco.pytorch.Tensor;

/// Channels × height × width as one vector, in the same memory.
record FlattenKernel(Shape input) implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        return node.x().flatten(1, -1);
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = node.gradient();
        node.giveView(0, gradient.view(gradient.size(0), input.channels(), input.height(), input.width()));
    }

    @Override
    public boolean aliases() {
        return true;
    }
}
