package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Window;
import org.bytedeco.pytorch.Tensor;

/// A fully connected layer as a convolution of 1×1 on maps of one pixel, which shares its kernels and their gradients.
record LinearKernel(ConvKernel convolution) implements Kernel {
    private static final Window POINT = Window.of(1);

    LinearKernel(Op.Linear linear) {
        this(ConvKernel.of(convolution(linear)));
    }

    /// The convolution that a layer is on maps of one pixel.
    static Op.Conv convolution(Op.Linear linear) {
        return new Op.Conv(linear.features(), POINT, 1, linear.bias());
    }

    @Override
    public Tensor forward(NodeContext node) {
        return convolution.forward(node, asPlanes(node.x().flatten(1, -1)), asPlanes(node.parameter("weight")))
                .flatten(1, -1);
    }

    @Override
    public void backward(NodeContext node) {
        var gradients = convolution.backward(node, asPlanes(node.gradient()), asPlanes(node.x().flatten(1, -1)),
                asPlanes(node.parameter("weight")));
        if (node.wants(0)) node.give(0, gradients[0].view_as(node.x()));
        if (!node.trainsParameters()) return;
        node.addTo("weight", gradients[1].flatten(1, -1));
        if (convolution.bias()) node.addTo("bias", gradients[2]);
    }

    private static Tensor asPlanes(Tensor matrix) {
        return matrix.unsqueeze(2).unsqueeze(3);
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
