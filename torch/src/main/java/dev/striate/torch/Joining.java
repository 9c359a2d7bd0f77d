package dev.striate.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Concatenation along the channels; each input's gradient is a view of the output's.
record Joining() implements Kernel {
    @Override
    public Tensor forward(Step step) {
        var inputs = new Tensor[step.inputs()];
        for (var k = 0; k < inputs.length; k++) inputs[k] = step.x(k);
        return torch.cat(new TensorVector(inputs), 1);
    }

    @Override
    public void backward(Step step) {
        var from = 0L;
        for (var k = 0; k < step.inputs(); k++) {
            var channels = step.channels(k);
            step.giveView(k, step.gradient().narrow(1, from, channels));
            from += channels;
        }
    }

    @Override
    public boolean cheap() {
        return true;
    }
}
