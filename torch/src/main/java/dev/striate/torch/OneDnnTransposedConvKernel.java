package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// A transposed convolution by oneDNN: forward it is the gradient of the input of the convolution that it transposes, and
/// that convolution is its gradient. The weights lie as that convolution's. On the CPU, in training.
final class OneDnnTransposedConvKernel implements Kernel {
    private final FusedType type;
    private final Op.Conv transposed;
    private final boolean bias;
    private final Shape x;
    private final Shape y;
    private final Map<Long, ConvPrimitives> passes = new HashMap<>();

    OneDnnTransposedConvKernel(FusedType type, Op.TransposedConv conv, Shape x, Shape y) {
        this.type = type;
        transposed = new Op.Conv(x.channels(), conv.window(), conv.groups(), false);
        bias = conv.bias();
        this.x = x;
        this.y = y;
    }

    private ConvPrimitives passes(Tensor batch) {
        return passes.computeIfAbsent(batch.size(0), n -> new ConvPrimitives(type, transposed, y, x, n));
    }

    @Override
    public Tensor forward(NodeContext node) {
        var x = type.dense(node.x());
        var y = passes(x).inputGradient(x, node.parameter("weight"));
        return bias ? y.add_(node.parameter("bias").view(1, -1, 1, 1)) : y;
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = type.dense(node.gradient());
        var passes = passes(gradient);
        if (node.trainsParameters()) {
            passes.addWeightGradient(gradient, type.dense(node.x()), node.parameter("weight"));
            if (bias) node.addTo("bias", Tensors.channelSums(gradient));
        }
        if (node.wants(0)) node.give(0, passes.result(gradient, node.parameter("weight"), null));
    }

    @Override
    public boolean readsInputsForParameters() {
        return true;
    }
}
