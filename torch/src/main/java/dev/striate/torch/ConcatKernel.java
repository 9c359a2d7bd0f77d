package dev.striate.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Concatenation along the channels; each input's gradient is a view of the output's.
record ConcatKernel() implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        var inputs = new Tensor[node.inputs()];
        for (var k = 0; k < inputs.length; k++) inputs[k] = node.x(k);
        return torch.cat(new TensorVector(inputs), 1);
    }

    @Override
    public void backward(NodeContext node) {
        var from = 0L;
        for (var k = 0; k < node.inputs(); k++) {
            var channels = node.channels(k);
            node.giveView(k, node.gradient().narrow(1, from, channels));
            from += channels;
        }
    }

    @Override
    public boolean cheap() {
        return true;
    }
}
