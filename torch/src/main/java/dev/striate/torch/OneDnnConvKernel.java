package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// A convolution by oneDNN, whose primitives are made once for each size of batch, and add to the weights' gradient where
/// it lies: libtorch makes them anew for each call, and copies the gradient twice. On the CPU, in training.
final class OneDnnConvKernel implements Kernel {
    private final FusedType type;
    private final Op.Conv conv;
    private final Shape x;
    private final Shape y;
    private final Map<Long, ConvPrimitives> passes = new HashMap<>();

    OneDnnConvKernel(FusedType type, Op.Conv conv, Shape x, Shape y) {
        this.type = type;
        this.conv = conv;
        this.x = x;
        this.y = y;
    }

    private ConvPrimitives passes(Tensor batch) {
        return passes.computeIfAbsent(batch.size(0), n -> new ConvPrimitives(type, conv, x, y, n));
    }

    @Override
    public Tensor forward(NodeContext node) {
        var x = type.dense(node.x());
        return passes(x).result(x, node.parameter("weight"), conv.bias() ? node.parameter("bias") : null);
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = type.dense(node.gradient());
        var passes = passes(gradient);
        if (node.trainsParameters()) {
            var bias = passes.addWeightGradient(type.dense(node.x()), gradient, node.parameter("weight"));
            if (conv.bias()) node.addTo("bias", bias);
        }
        if (node.wants(0)) node.give(0, passes.inputGradient(gradient, node.parameter("weight")));
    }

    @Override
    public boolean readsInputsForParameters() {
        return true;
    }
}
