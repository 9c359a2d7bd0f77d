package dev.striate.torch;

import dev.striate.graph.Shape;
import org.bytedeco.pytorch.Tensor;

/// Channels × height × width as one vector, in the same memory.
record FlattenKernel(Shape input) implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        if (input.isVector()) node.save(node.x().alias());
        return node.x().flatten(1, -1);
    }

    /// A vector is N×C behind a fully connected layer and N×C×1×1 behind a pooling; so is its gradient.
    @Override
    public void backward(NodeContext node) {
        var gradient = node.gradient();
        node.giveView(0, input.isVector() ? gradient.view_as(node.saved(0))
                : gradient.view(gradient.size(0), input.channels(), input.height(), input.width()));
    }

    @Override
    public boolean aliases() {
        return true;
    }
}
