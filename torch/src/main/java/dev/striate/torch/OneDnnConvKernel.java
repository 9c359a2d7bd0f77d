package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.onednn.ThreadTeam;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A convolution by oneDNN, whose primitives are made once for each size of batch, and add to the weights' gradient where
/// it lies: libtorch makes them anew for each call, and copies the gradient twice. Float32 on the CPU, in training.
final class OneDnnConvKernel implements Kernel {
    private final Op.Conv conv;
    private final Shape x;
    private final Shape y;
    private final Map<Long, ConvPrimitives> passes = new HashMap<>();

    OneDnnConvKernel(Op.Conv conv, Shape x, Shape y) {
        this.conv = conv;
        this.x = x;
        this.y = y;
    }

    private ConvPrimitives passes(Tensor batch) {
        return passes.computeIfAbsent(batch.size(0), n -> new ConvPrimitives(conv, x, y, n));
    }

    @Override
    public Tensor forward(NodeContext node) {
        var x = Tensors.dense(node.x());
        var forward = passes(x).forward();
        var y = Tensors.channelsLast(x.size(0), this.y);
        var weight = forward.packed(node.parameter("weight"));
        forward.operation().with(DNNL_ARG_SRC, x).with(DNNL_ARG_WEIGHTS, weight).with(DNNL_ARG_DST, y);
        if (conv.bias()) forward.operation().with(DNNL_ARG_BIAS, node.parameter("bias"));
        forward.run();
        return y;
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = Tensors.dense(node.gradient());
        var passes = passes(gradient);
        if (node.trainsParameters()) addWeightGradient(node, passes.weights(), gradient);
        if (!node.wants(0)) return;
        var given = Tensors.channelsLast(gradient.size(0), x);
        var weight = passes.input().packed(node.parameter("weight"));
        passes.input().operation().with(DNNL_ARG_DIFF_DST, gradient).with(DNNL_ARG_WEIGHTS, weight)
                .with(DNNL_ARG_DIFF_SRC, given);
        passes.input().run();
        node.give(0, given);
    }

    private void addWeightGradient(NodeContext node, ConvPrimitives.Pass[] parts, Tensor gradient) {
        var source = Tensors.dense(node.x());
        var packed = new Tensor[parts.length];
        var bias = new Tensor[parts.length];
        var next = 0L;
        for (var i = 0; i < parts.length; i++) {
            var pictures = ConvPrimitives.part(gradient.size(0), i, parts.length);
            packed[i] = parts[i].packed();
            bias[i] = torch.empty(conv.bias() ? conv.filters() : 0);
            parts[i].operation().with(DNNL_ARG_SRC, source.narrow(0, next, pictures))
                    .with(DNNL_ARG_DIFF_DST, gradient.narrow(0, next, pictures)).with(DNNL_ARG_DIFF_WEIGHTS, packed[i]);
            if (conv.bias()) parts[i].operation().with(DNNL_ARG_DIFF_BIAS, bias[i]);
            parts[i].lendScratch();
            next += pictures;
        }
        if (parts.length == 1) parts[0].operation().run();
        else ThreadTeam.run(parts.length, i -> parts[i].operation().run());
        for (var i = 0; i < parts.length; i++) {
            parts[i].reorder(packed[i], node.parameter("weight").mutable_grad());
            if (i > 0) bias[0].add_(bias[i]);
        }
        if (conv.bias()) node.addTo("bias", bias[0]);
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
