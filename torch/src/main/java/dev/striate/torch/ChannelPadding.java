package dev.striate.torch;

import dev.striate.graph.Op;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Channels of zeros before and after; their gradients are dropped.
record ChannelPadding(Op.PadChannels pad, int channels) implements Kernel {
    @Override
    public Tensor forward(Step step) {
        return torch.constant_pad_nd(step.x(), 0, 0, 0, 0, pad.before(), pad.after());
    }

    @Override
    public void backward(Step step) {
        step.giveView(0, step.gradient().narrow(1, pad.before(), channels));
    }
}
