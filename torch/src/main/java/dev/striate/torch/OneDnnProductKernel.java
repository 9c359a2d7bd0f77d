package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// A convolution of 1×1 that has to be a [PositionProduct], by oneDNN's matrix products. On the CPU, in training.
final class OneDnnProductKernel implements Kernel {
    private final FusedType type;
    private final Op.Conv conv;
    private final Shape x;
    private final Shape y;
    private final Map<Long, LinearProducts> products = new HashMap<>();

    OneDnnProductKernel(FusedType type, Op.Conv conv, Shape x, Shape y) {
        this.type = type;
        this.conv = conv;
        this.x = x;
        this.y = y;
    }

    private LinearProducts products(long n) {
        return products.computeIfAbsent(n,
                pictures -> LinearProducts.of(type, pictures * y.size().area(), x.channels(), conv.filters(),
                        conv.bias()));
    }

    @Override
    public Tensor forward(NodeContext node) {
        var read = read(node.x());
        var result = type.channelsLast(read.size(0), y);
        var forward = products(read.size(0)).forward();
        if (conv.bias()) forward.with(DNNL_ARG_BIAS, node.parameter("bias"));
        LinearProducts.run(forward, read, type.cast(node.parameter("weight")), result);
        return result;
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = type.dense(node.gradient());
        var products = products(gradient.size(0));
        if (node.trainsParameters()) {
            LinearProducts.run(products.weight(), gradient, read(node.x()), node.parameter("weight").mutable_grad());
            if (conv.bias()) node.addTo("bias", Tensors.channelSums(gradient));
        }
        if (node.wants(0)) node.give(0, inputGradient(gradient, type.cast(node.parameter("weight")), products));
    }

    /// The positions that are read.
    private Tensor read(Tensor x) {
        return type.dense(SubsampleKernel.view(x, conv.window().stride()));
    }

    private Tensor inputGradient(Tensor gradient, Tensor weight, LinearProducts products) {
        var read = type.channelsLast(gradient.size(0), x.withSize(y.size()));
        LinearProducts.run(products.input(), gradient, weight, read);
        var stride = conv.window().stride();
        if (stride.equals(Size.ONE)) return read;
        var given = type.channelsLast(gradient.size(0), x).zero_();
        SubsampleKernel.view(given, stride).copy_(read);
        return given;
    }

    @Override
    public boolean readsInputsForParameters() {
        return true;
    }
}
