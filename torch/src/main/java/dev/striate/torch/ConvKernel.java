package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Convolution and its transpose, grouped, dilated, with or without a bias.
record ConvKernel(long[] stride, long[] padding, long[] dilation, boolean transposed, long[] outputPadding, int groups,
        int filters, boolean bias) implements Kernel {

    static ConvKernel of(Op.Conv conv) {
        return of(conv.window(), false, Size.ZERO, conv.groups(), conv.filters(), conv.bias());
    }

    static ConvKernel of(Op.TransposedConv conv) {
        return of(conv.window(), true, conv.outputPadding(), conv.groups(), conv.filters(), conv.bias());
    }

    private static ConvKernel of(Window window, boolean transposed, Size outputPadding, int groups, int filters,
            boolean bias) {
        return new ConvKernel(Tensors.longs(window.stride()), Tensors.longs(window.padding()),
                Tensors.longs(window.dilation()), transposed, Tensors.longs(outputPadding), groups, filters, bias);
    }

    @Override
    public Tensor forward(NodeContext node) {
        return forward(node, node.x(), node.parameter("weight"));
    }

    Tensor forward(NodeContext node, Tensor x, Tensor weight) {
        var type = node.types().products();
        var offset = bias ? new TensorOptional(node.parameter("bias").to(type)) : new TensorOptional();
        return torch.convolution(x.to(type), weight.to(type), offset, stride, padding, dilation, transposed,
                outputPadding,
                groups);
    }

    @Override
    public void backward(NodeContext node) {
        var gradients = backward(node, node.gradient(), node.x(), node.parameter("weight"));
        if (node.wants(0)) node.give(0, gradients[0]);
        if (!node.trainsParameters()) return;
        node.addTo("weight", gradients[1]);
        if (bias) node.addTo("bias", gradients[2]);
    }

    /// The gradients of the input, the weight and the bias, where they are wanted.
    Tensor[] backward(NodeContext node, Tensor gradient, Tensor x, Tensor weight) {
        var type = node.types().products();
        var trains = node.trainsParameters();
        try (var wanted = Tensors.flags(node.wants(0), trains, trains && bias)) {
            return Tensors.split(torch.convolution_backward(gradient.to(type), x.to(type), weight.to(type),
                    new long[] { filters }, stride, padding, dilation, transposed, outputPadding, groups, wanted));
        }
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
