package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.onednn.Cpu;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A convolution of 1×1 that has to be a [PositionProduct], by oneDNN's matrix products. Float32 on the CPU, in training.
final class OneDnnProductKernel implements Kernel {
    private final Op.Conv conv;
    private final Shape x;
    private final Shape y;
    private final Map<Long, Products> products = new HashMap<>();

    private record Products(TensorPrimitive forward, TensorPrimitive input, TapProducts weights) {}

    OneDnnProductKernel(Op.Conv conv, Shape x, Shape y) {
        this.conv = conv;
        this.x = x;
        this.y = y;
    }

    private Products products(long n) {
        return products.computeIfAbsent(n, this::prepare);
    }

    private Products prepare(long n) {
        long positions = n * y.size().area(), filters = conv.filters(), channels = x.channels();
        var pixels = TensorPrimitive.desc(format_tag.ab, positions, channels);
        var values = TensorPrimitive.desc(format_tag.ab, positions, filters);
        return new Products(product(pixels, TensorPrimitive.desc(format_tag.ba, channels, filters), values),
                product(values, TensorPrimitive.desc(format_tag.ab, filters, channels), pixels),
                new TapProducts(conv, x, y, n));
    }

    private static TensorPrimitive product(memory.desc left, memory.desc right, memory.desc result) {
        try (var attributes = TensorPrimitive.attributes(false);
                var description = new matmul.primitive_desc(Cpu.ENGINE, left, right, result, attributes, false)) {
            return new TensorPrimitive(new matmul(description),
                    Map.of(DNNL_ARG_SRC, left, DNNL_ARG_WEIGHTS, right, DNNL_ARG_DST, result));
        }
    }

    @Override
    public Tensor forward(NodeContext node) {
        var read = Tensors.dense(SubsampleKernel.view(node.x(), conv.window().stride()));
        var result = Tensors.channelsLast(read.size(0), y);
        products(read.size(0)).forward().with(DNNL_ARG_SRC, read).with(DNNL_ARG_WEIGHTS, node.parameter("weight"))
                .with(DNNL_ARG_DST, result).run();
        return conv.bias() ? result.add_(node.parameter("bias").view(1, -1, 1, 1)) : result;
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = Tensors.dense(node.gradient());
        var products = products(gradient.size(0));
        if (node.trainsParameters()) {
            products.weights().add(Tensors.dense(node.x()), gradient, node.parameter("weight"));
            if (conv.bias()) node.addTo("bias", gradient.sum(new long[] { 0, 2, 3 }));
        }
        if (node.wants(0)) node.give(0, inputGradient(gradient, node.parameter("weight"), products));
    }

    private Tensor inputGradient(Tensor gradient, Tensor weight, Products products) {
        var read = Tensors.channelsLast(gradient.size(0), x.withSize(y.size()));
        products.input().with(DNNL_ARG_SRC, gradient).with(DNNL_ARG_WEIGHTS, weight).with(DNNL_ARG_DST, read).run();
        var stride = conv.window().stride();
        if (stride.equals(Size.ONE)) return read;
        var given = Tensors.channelsLast(gradient.size(0), x).zero_();
        SubsampleKernel.view(given, stride).copy_(read);
        return given;
    }

    @Override
    public boolean readsInputsForParameters() {
        return true;
    }
}
