package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.onednn.Cpu;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A convolution by oneDNN, whose primitives are made once for each size of batch, and add to the weights' gradient where
/// it lies: libtorch makes them anew for each call, and copies the gradient twice. Float32 on the CPU, in training.
final class OneDnnConvKernel implements Kernel {
    private static final int DIRECT = algorithm.convolution_direct.value;

    private final Op.Conv conv;
    private final Shape x;
    private final Shape y;
    private final Map<Long, Passes> passes = new HashMap<>();

    OneDnnConvKernel(Op.Conv conv, Shape x, Shape y) {
        this.conv = conv;
        this.x = x;
        this.y = y;
    }

    private Passes passes(Tensor batch) {
        return passes.computeIfAbsent(batch.size(0), Passes::new);
    }

    @Override
    public Tensor forward(NodeContext node) {
        var x = Tensors.dense(node.x());
        var forward = passes(x).forward;
        var y = Tensors.channelsLast(x.size(0), this.y);
        var weight = forward.packed(node.parameter("weight"));
        forward.operation.with(DNNL_ARG_SRC, x).with(DNNL_ARG_WEIGHTS, weight).with(DNNL_ARG_DST, y);
        if (conv.bias()) forward.operation.with(DNNL_ARG_BIAS, node.parameter("bias"));
        forward.run();
        return y;
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = Tensors.dense(node.gradient());
        var passes = passes(gradient);
        if (node.trainsParameters()) addWeightGradient(node, passes.weights, gradient);
        if (!node.wants(0)) return;
        var given = Tensors.channelsLast(gradient.size(0), x);
        var weight = passes.input.packed(node.parameter("weight"));
        passes.input.operation.with(DNNL_ARG_DIFF_DST, gradient).with(DNNL_ARG_WEIGHTS, weight)
                .with(DNNL_ARG_DIFF_SRC, given);
        passes.input.run();
        node.give(0, given);
    }

    private void addWeightGradient(NodeContext node, Pass weights, Tensor gradient) {
        var packed = weights.packed();
        weights.operation.with(DNNL_ARG_SRC, Tensors.dense(node.x())).with(DNNL_ARG_DIFF_DST, gradient)
                .with(DNNL_ARG_DIFF_WEIGHTS, packed);
        var bias = torch.empty(conv.bias() ? conv.filters() : 0);
        if (conv.bias()) weights.operation.with(DNNL_ARG_DIFF_BIAS, bias);
        weights.run();
        weights.reorder(packed, node.parameter("weight").mutable_grad());
        if (conv.bias()) node.addTo("bias", bias);
    }

    @Override
    public boolean readsInputs() {
        return true;
    }

    /// A primitive, its scratchpad, and the way between the weights as the network holds them and as it wants them.
    private static final class Pass {
        private final TensorPrimitive operation;
        private final long scratchFloats;
        private final TensorPrimitive reorder;
        private final long packedFloats;

        Pass(primitive primitive, Map<Integer, memory.desc> arguments, memory.desc scratchpad, TensorPrimitive reorder,
                memory.desc packed) {
            scratchFloats = TensorPrimitive.floats(scratchpad);
            var all = new HashMap<>(arguments);
            if (scratchFloats > 0) all.put(DNNL_ARG_SCRATCHPAD, scratchpad);
            operation = new TensorPrimitive(primitive, all);
            this.reorder = reorder;
            packedFloats = TensorPrimitive.floats(packed);
        }

        Tensor packed() {
            return torch.empty(packedFloats);
        }

        Tensor packed(Tensor weight) {
            var packed = packed();
            reorder(weight, packed);
            return packed;
        }

        void reorder(Tensor from, Tensor to) {
            reorder.with(DNNL_ARG_FROM, from).with(DNNL_ARG_TO, to).run();
        }

        void run() {
            if (scratchFloats > 0) operation.with(DNNL_ARG_SCRATCHPAD, torch.empty(scratchFloats));
            operation.run();
        }
    }

    /// The primitives for batches of one size.
    private final class Passes {
        private final memory.desc source;
        private final memory.desc result;
        private final memory.desc bias = TensorPrimitive.vector(conv.filters());
        private final memory.desc plain = weights(conv.groups() == 1 ? format_tag.acdb : format_tag.abdec);
        private final long[] stride = Tensors.longs(conv.window().stride());
        private final long[] gaps = Tensors.longs(new Size(conv.window().dilation().height() - 1,
                conv.window().dilation().width() - 1));
        private final long[] padding = Tensors.longs(conv.window().padding());
        private final Pass forward;
        private final Pass input;
        private final Pass weights;

        Passes(long n) {
            source = TensorPrimitive.channelsLast(n, x.channels(), x.height(), x.width());
            result = TensorPrimitive.channelsLast(n, y.channels(), y.height(), y.width());
            try (var attributes = new primitive_attr(); var any = weights(format_tag.any)) {
                attributes.set_scratchpad_mode(scratchpad_mode.user);
                try (var there = forward(any, attributes)) {
                    forward = forwardPass(there);
                    input = inputPass(any, there, attributes);
                    weights = weightsPass(any, there, attributes);
                }
            }
        }

        private memory.desc weights(format_tag order) {
            var kernel = conv.window().kernel();
            var groups = (long) conv.groups();
            long filters = conv.filters() / groups, channels = x.channels() / groups;
            var sizes = groups == 1 ? new long[] { filters, channels, kernel.height(), kernel.width() }
                    : new long[] { groups, filters, channels, kernel.height(), kernel.width() };
            return TensorPrimitive.desc(order, sizes);
        }

        private convolution_forward.primitive_desc forward(memory.desc any, primitive_attr attributes) {
            var training = prop_kind.forward_training.value;
            return conv.bias()
                    ? new convolution_forward.primitive_desc(Cpu.ENGINE, training, DIRECT, source, any, bias,
                            result, stride, gaps, padding, padding, attributes, false)
                    : new convolution_forward.primitive_desc(Cpu.ENGINE, training, DIRECT, source, any, result,
                            stride, gaps, padding, padding, attributes, false);
        }

        private Pass forwardPass(convolution_forward.primitive_desc there) {
            var packed = Tensors.kept(there.weights_desc());
            return new Pass(new convolution_forward(there),
                    arguments(DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, packed, DNNL_ARG_DST, DNNL_ARG_BIAS),
                    Tensors.kept(there.scratchpad_desc()), TensorPrimitive.reordering(plain, packed, false), packed);
        }

        private Pass inputPass(memory.desc any, convolution_forward.primitive_desc there, primitive_attr attributes) {
            try (var pass = new convolution_backward_data.primitive_desc(Cpu.ENGINE, DIRECT, source, any, result,
                    stride, gaps, padding, padding, there, attributes, false)) {
                var packed = Tensors.kept(pass.weights_desc());
                return new Pass(new convolution_backward_data(pass),
                        Map.of(DNNL_ARG_DIFF_SRC, source, DNNL_ARG_WEIGHTS, packed, DNNL_ARG_DIFF_DST, result),
                        Tensors.kept(pass.scratchpad_desc()), TensorPrimitive.reordering(plain, packed, false), packed);
            }
        }

        private Pass weightsPass(memory.desc any, convolution_forward.primitive_desc there, primitive_attr attributes) {
            try (var pass = conv.bias()
                    ? new convolution_backward_weights.primitive_desc(Cpu.ENGINE, DIRECT, source, any, bias,
                            result, stride, gaps, padding, padding, there, attributes, false)
                    : new convolution_backward_weights.primitive_desc(Cpu.ENGINE, DIRECT, source, any, result,
                            stride, gaps, padding, padding, there, attributes, false)) {
                var packed = Tensors.kept(pass.diff_weights_desc());
                return new Pass(new convolution_backward_weights(pass),
                        arguments(DNNL_ARG_SRC, DNNL_ARG_DIFF_WEIGHTS, packed, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_BIAS),
                        Tensors.kept(pass.scratchpad_desc()), TensorPrimitive.reordering(packed, plain, true), packed);
            }
        }

        private Map<Integer, memory.desc> arguments(int sourceKey, int weightsKey, memory.desc packed, int resultKey,
                int biasKey) {
            var arguments = new HashMap<>(Map.of(sourceKey, source, weightsKey, packed, resultKey, result));
            if (conv.bias()) arguments.put(biasKey, bias);
            return arguments;
        }
    }
}
