package dev.striate.torch;

import dev.striate.graph.Op;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Channels of zeros before and after; their gradients are dropped.
record PadChannelsKernel(Op.PadChannels pad, int channels) implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        return torch.constant_pad_nd(node.x(), 0, 0, 0, 0, pad.before(), pad.after());
    }

    @Override
    public void backward(NodeContext node) {
        node.giveView(0, node.gradient().narrow(1, pad.before(), channels));
    }
}
