package dev.striate.torch;

import dev.striate.graph.Op;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/// A convolution of 1×1 by [PositionProduct].
record ProductConvKernel(PositionProduct product, boolean bias) implements Kernel {
    ProductConvKernel(Op.Conv conv) {
        this(new PositionProduct(conv.window().stride()), conv.bias());
    }

    @Override
    public Tensor forward(NodeContext node) {
        var type = node.types().products();
        var offset = bias ? new TensorOptional(node.parameter("bias").to(type)) : new TensorOptional();
        return product.forward(node.x().to(type), node.parameter("weight").to(type), offset);
    }

    @Override
    public void backward(NodeContext node) {
        var type = node.types().products();
        var gradient = node.gradient().to(type);
        var x = node.x().to(type);
        var weight = node.parameter("weight").to(type);
        if (node.wants(0)) node.give(0, product.inputGradient(gradient, x, weight));
        if (!node.trainsParameters()) return;
        node.addTo("weight", product.weightGradient(gradient, x, weight));
        if (bias) node.addTo("bias", product.biasGradient(gradient));
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
