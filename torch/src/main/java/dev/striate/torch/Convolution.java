package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Convolution and its transpose, grouped, dilated, with or without a bias.
record Convolution(long[] stride, long[] padding, long[] dilation, boolean transposed, long[] outputPadding, int groups,
        int filters, boolean bias) implements Kernel {

    static Convolution of(Op.Conv conv) {
        return of(conv.window(), false, Size.ZERO, conv.groups(), conv.filters(), conv.bias());
    }

    static Convolution of(Op.TransposedConv conv) {
        return of(conv.window(), true, conv.outputPadding(), conv.groups(), conv.filters(), conv.bias());
    }

    private static Convolution of(Window window, boolean transposed, Size outputPadding, int groups, int filters,
            boolean bias) {
        return new Convolution(Kernels.longs(window.stride()), Kernels.longs(window.padding()),
                Kernels.longs(window.dilation()), transposed, Kernels.longs(outputPadding), groups, filters, bias);
    }

    @Override
    public Tensor forward(Step step) {
        return forward(step, step.x(), step.parameter("weight"));
    }

    Tensor forward(Step step, Tensor x, Tensor weight) {
        var type = step.precision().products();
        var offset = bias ? new TensorOptional(step.parameter("bias").to(type)) : new TensorOptional();
        return torch.convolution(x.to(type), weight.to(type), offset, stride, padding, dilation, transposed,
                outputPadding,
                groups);
    }

    @Override
    public void backward(Step step) {
        var gradients = backward(step, step.gradient(), step.x(), step.parameter("weight"));
        if (step.wants(0)) step.give(0, gradients[0]);
        if (!step.trainsParameters()) return;
        step.addTo("weight", gradients[1]);
        if (bias) step.addTo("bias", gradients[2]);
    }

    /// The gradients of the input, the weight and the bias, where they are wanted.
    Tensor[] backward(Step step, Tensor gradient, Tensor x, Tensor weight) {
        var type = step.precision().products();
        var trains = step.trainsParameters();
        try (var wanted = Tensors.flags(step.wants(0), trains, trains && bias)) {
            return Tensors.split(torch.convolution_backward(gradient.to(type), x.to(type), weight.to(type),
                    new long[] { filters }, stride, padding, dilation, transposed, outputPadding, groups, wanted));
        }
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
