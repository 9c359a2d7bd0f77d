package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import dev.striate.onednn.ThreadTeam;
import dev.striate.onednn.WorkerThreads;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The primitives of a convolution for batches of one size.
///
/// The gradient of the weights is that of as many parts of the batch as there are threads, each computed by one: where
/// oneDNN shares it out itself, its threads wait for each other without ever sleeping, and a second program on the machine
/// then costs either nine tenths of its speed. Where there are more weights than values it is [TapProducts].
final class ConvPrimitives {
    private static final int DIRECT = algorithm.convolution_direct.value;

    private final FusedType type;
    private final Op.Conv conv;
    private final Shape x;
    private final Shape y;
    private final memory.desc source;
    private final memory.desc result;
    private final memory.desc bias;
    private final memory.desc plain;
    private final long[] stride;
    private final long[] gaps;
    private final long[] padding;
    private final Pass forward;
    private final Pass input;
    private final Pass[] weights;
    private final @Nullable TapProducts taps;

    /// @param type of the values
    ConvPrimitives(FusedType type, Op.Conv conv, Shape x, Shape y, long n) {
        this.type = type;
        this.conv = conv;
        this.x = x;
        this.y = y;
        bias = TensorPrimitive.vector(conv.filters());
        plain = weights(FusedType.FLOAT32, conv.groups() == 1 ? format_tag.acdb : format_tag.abdec);
        var window = conv.window();
        stride = Tensors.longs(window.stride());
        gaps = new long[] { window.dilation().height() - 1, window.dilation().width() - 1 };
        padding = Tensors.longs(window.padding());
        source = type.batch(n, x);
        result = type.batch(n, y);
        try (var attributes = new primitive_attr(); var any = weights(type, format_tag.any)) {
            attributes.set_scratchpad_mode(scratchpad_mode.user);
            try (var there = forward(source, any, result, attributes)) {
                forward = forwardPass(there);
                input = inputPass(any, there, attributes);
            }
            taps = hasManyWeights(n) && conv.groups() == 1 ? new TapProducts(type, conv, x, y, n) : null;
            weights = taps == null ? weights(n, any, attributes) : new Pass[0];
        }
    }

    /// Whether there are more weights than values: oneDNN then gives each thread filters of its own, which wait for none.
    private boolean hasManyWeights(long n) {
        return (long) conv.filters() * x.channels() / conv.groups() * conv.window().kernel().area() > n
                * (x.elements() + y.elements());
    }

    private Pass[] weights(long n, memory.desc any, primitive_attr attributes) {
        var threads = Libtorch.threads();
        if (n < threads || !WorkerThreads.available() || hasManyWeights(n)) {
            return new Pass[] { weightsPass(n, any, attributes) };
        }
        return WorkerThreads.alone(() -> IntStream.range(0, threads)
                .mapToObj(i -> weightsPass(part(n, i, threads), any, attributes)).toArray(Pass[]::new));
    }

    private memory.desc weights(FusedType type, format_tag order) {
        var kernel = conv.window().kernel();
        var groups = (long) conv.groups();
        long filters = conv.filters() / groups, channels = x.channels() / groups;
        var sizes = groups == 1 ? new long[] { filters, channels, kernel.height(), kernel.width() }
                : new long[] { groups, filters, channels, kernel.height(), kernel.width() };
        return type.desc(order, sizes);
    }

    private convolution_forward.primitive_desc forward(memory.desc source, memory.desc any, memory.desc result,
            primitive_attr attributes) {
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
                arguments(DNNL_ARG_SRC, source, DNNL_ARG_WEIGHTS, packed, DNNL_ARG_DST, result, DNNL_ARG_BIAS),
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

    private Pass weightsPass(long n, memory.desc any, primitive_attr attributes) {
        var source = type.batch(n, x);
        var result = type.batch(n, y);
        try (var there = forward(source, any, result, attributes);
                var sums = weights(FusedType.FLOAT32, format_tag.any);
                var pass = conv.bias()
                        ? new convolution_backward_weights.primitive_desc(Cpu.ENGINE, DIRECT, source, sums, bias,
                                result, stride, gaps, padding, padding, there, attributes, false)
                        : new convolution_backward_weights.primitive_desc(Cpu.ENGINE, DIRECT, source, sums, result,
                                stride, gaps, padding, padding, there, attributes, false)) {
            var packed = Tensors.kept(pass.diff_weights_desc());
            var arguments = arguments(DNNL_ARG_SRC, source, DNNL_ARG_DIFF_WEIGHTS, packed, DNNL_ARG_DIFF_DST, result,
                    DNNL_ARG_DIFF_BIAS);
            return new Pass(new convolution_backward_weights(pass), arguments,
                    Tensors.kept(pass.scratchpad_desc()), TensorPrimitive.reordering(packed, plain, true), packed);
        }
    }

    private Map<Integer, memory.desc> arguments(int sourceKey, memory.desc source, int weightsKey,
            memory.desc packed, int resultKey, memory.desc result, int biasKey) {
        var arguments = new HashMap<>(Map.of(sourceKey, source, weightsKey, packed, resultKey, result));
        if (conv.bias()) arguments.put(biasKey, bias);
        return arguments;
    }

    /// The convolution of a batch; without a bias it is null.
    Tensor result(Tensor x, Tensor weight, Tensor bias) {
        var y = type.channelsLast(x.size(0), this.y);
        forward.operation().with(DNNL_ARG_SRC, x).with(DNNL_ARG_WEIGHTS, forward.packed(weight))
                .with(DNNL_ARG_DST, y);
        if (bias != null) forward.operation().with(DNNL_ARG_BIAS, bias);
        forward.run();
        return y;
    }

    /// The gradient of the input, which is the transposed convolution of that of the output.
    Tensor inputGradient(Tensor gradient, Tensor weight) {
        var given = type.channelsLast(gradient.size(0), x);
        input.operation().with(DNNL_ARG_DIFF_DST, gradient).with(DNNL_ARG_WEIGHTS, input.packed(weight))
                .with(DNNL_ARG_DIFF_SRC, given);
        input.run();
        return given;
    }

    /// Adds to the gradient of the weight where it lies; the bias's, empty where there is none.
    Tensor addWeightGradient(Tensor x, Tensor gradient, Tensor weight) {
        if (taps != null) {
            taps.add(x, gradient, weight);
            return conv.bias() ? Tensors.channelSums(gradient) : torch.empty(0);
        }
        var packed = new Tensor[weights.length];
        var bias = new Tensor[weights.length];
        var next = 0L;
        for (var i = 0; i < weights.length; i++) {
            var pictures = part(gradient.size(0), i, weights.length);
            packed[i] = weights[i].packed();
            bias[i] = torch.empty(conv.bias() ? conv.filters() : 0);
            weights[i].operation().with(DNNL_ARG_SRC, x.narrow(0, next, pictures))
                    .with(DNNL_ARG_DIFF_DST, gradient.narrow(0, next, pictures))
                    .with(DNNL_ARG_DIFF_WEIGHTS, packed[i]);
            if (conv.bias()) weights[i].operation().with(DNNL_ARG_DIFF_BIAS, bias[i]);
            weights[i].lendScratch();
            next += pictures;
        }
        if (weights.length == 1) weights[0].operation().run();
        else ThreadTeam.run(weights.length, i -> weights[i].operation().run());
        for (var i = 0; i < weights.length; i++) {
            weights[i].reorder(packed[i], weight.mutable_grad());
            if (i > 0) bias[0].add_(bias[i]);
        }
        return bias[0];
    }

    /// How many pictures of a batch a part of it has: as even as may be, the first parts one more.
    private static long part(long pictures, int index, int parts) {
        return pictures / parts + (index < pictures % parts ? 1 : 0);
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

        TensorPrimitive operation() {
            return operation;
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

        void lendScratch() {
            if (scratchFloats > 0) operation.with(DNNL_ARG_SCRATCHPAD, torch.empty(scratchFloats));
        }

        void run() {
            lendScratch();
            operation.run();
        }
    }
}
