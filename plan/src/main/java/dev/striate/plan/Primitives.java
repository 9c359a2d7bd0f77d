package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.StriateException;
import dev.striate.graph.Op;
import dev.striate.onednn.Cpu;
import dev.striate.onednn.winograd.TileProducts;
import dev.striate.onednn.winograd.WinogradConvolution;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.lrn_forward;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.softmax_forward;

/// oneDNN's descriptions of primitives for inference, with the plan's own scratchpad.
final class Primitives {
    private Primitives() {}

    static primitive_attr attributes(List<PostOp> posts) {
        var list = new post_ops();
        for (var post : posts) {
            switch (post) {
                case PostOp.Residual _ -> list.append_sum(1, 0, memory.data_type.undef);
                case PostOp.Curve curve -> append(list, curve);
            }
        }
        return attributes(list);
    }

    private static primitive_attr attributes(post_ops list) {
        var attributes = new primitive_attr();
        attributes.set_scratchpad_mode(scratchpad_mode.user.value);
        attributes.set_post_ops(list);
        return attributes;
    }

    static void append(post_ops list, PostOp.Curve curve) {
        list.append_eltwise(algorithm(curve.kind()), curve.alpha(), curve.beta());
    }

    private static algorithm algorithm(PostOp.Kind kind) {
        return switch (kind) {
            case RELU -> algorithm.eltwise_relu;
            case SIGMOID -> algorithm.eltwise_logistic;
            case TANH -> algorithm.eltwise_tanh;
            case LINEAR -> algorithm.eltwise_linear;
        };
    }

    private static memory.desc vector(int length) {
        return new memory.desc(new long[] { length }, memory.data_type.f32, memory.format_tag.a);
    }

    /// Of the type of the values that they are multiplied with.
    private static memory.desc weights(FoldedWeights weights, memory.desc x) {
        return new memory.desc(weights.sides(), x.get_data_type(), memory.format_tag.any);
    }

    static convolution_forward.primitive_desc convolution(Computation.Convolution layer, List<PostOp> posts,
            memory.desc x,
            memory.desc y) {
        var g = layer.geometry();
        return new convolution_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference,
                algorithm.convolution_direct, x, weights(layer.weights(), x), vector(layer.weights().filters()), y,
                g.strides(), g.gaps(), g.paddingBefore(), g.paddingAfter(), attributes(posts), true);
    }

    /// A convolution of 8-bit values and weights, each with its scale, that gives 8 bits with a scale or float32.
    static convolution_forward.primitive_desc quantisedConvolution(Computation.Convolution layer, post_ops posts,
            memory.desc x, TensorView y) {
        var g = layer.geometry();
        return new convolution_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference,
                algorithm.convolution_direct, x, quantised(layer.weights()), vector(layer.weights().filters()),
                y.desc(),
                g.strides(), g.gaps(), g.paddingBefore(), g.paddingAfter(), scaled(layer.weights(), posts, y.type()),
                true);
    }

    static inner_product_forward.primitive_desc quantisedProduct(Computation.Product layer, post_ops posts,
            memory.desc x, memory.desc y, ValueType to) {
        return new inner_product_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference, x,
                quantised(layer.weights()), vector(layer.weights().filters()), y, scaled(layer.weights(), posts, to),
                true);
    }

    private static memory.desc quantised(FoldedWeights weights) {
        return new memory.desc(weights.sides(), memory.data_type.s8, memory.format_tag.any);
    }

    private static primitive_attr scaled(FoldedWeights weights, post_ops posts, ValueType to) {
        var attributes = attributes(posts);
        attributes.set_scales_mask(DNNL_ARG_SRC, 0);
        attributes.set_scales_mask(DNNL_ARG_WEIGHTS, weights.sides().length == 5 ? 3 : 1);
        if (to instanceof ValueType.Bytes) attributes.set_scales_mask(DNNL_ARG_DST, 0);
        return attributes;
    }

    /// Between numbers of two types: multiplied by the scale of the one, divided by that of the other, rounded.
    static primitive_desc_base rescale(TensorView from, TensorView to) {
        var attributes = attributes(List.of());
        if (from.type() instanceof ValueType.Bytes) attributes.set_scales_mask(DNNL_ARG_SRC, 0);
        if (to.type() instanceof ValueType.Bytes) attributes.set_scales_mask(DNNL_ARG_DST, 0);
        return new reorder.primitive_desc(Cpu.ENGINE, from.desc(), Cpu.ENGINE, to.desc(), attributes, true);
    }

    static deconvolution_forward.primitive_desc deconvolution(Computation.Deconvolution layer, List<PostOp> posts,
            memory.desc x, memory.desc y) {
        var g = layer.geometry();
        return new deconvolution_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference,
                algorithm.deconvolution_direct, x, weights(layer.weights(), x), vector(layer.weights().filters()), y,
                g.strides(), g.gaps(), g.paddingBefore(), g.paddingAfter(), attributes(posts), true);
    }

    static inner_product_forward.primitive_desc product(Computation.Product layer, List<PostOp> posts, memory.desc x,
            memory.desc y) {
        return new inner_product_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference, x,
                weights(layer.weights(), x), vector(layer.weights().filters()), y, attributes(posts), true);
    }

    /// The 36 matrix products of a chunk of tiles: tiles × channels times channels × filters.
    static matmul.primitive_desc products(WinogradConvolution layer) {
        return TileProducts.ofFilters(layer.tiles(), layer.channels(), layer.filters(), attributes(List.of()));
    }

    static primitive_desc_base pooling(Computation.Pooling pool, memory.desc x, memory.desc y) {
        var g = pool.geometry();
        var algorithm = switch (pool.reduction()) {
            case MAXIMUM -> org.bytedeco.dnnl.global.dnnl.algorithm.pooling_max;
            case AVERAGE_WITH_PADDING -> org.bytedeco.dnnl.global.dnnl.algorithm.pooling_avg_include_padding;
            case AVERAGE_WITHOUT_PADDING -> org.bytedeco.dnnl.global.dnnl.algorithm.pooling_avg_exclude_padding;
        };
        return new pooling_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference, algorithm, x, y,
                g.strides(), g.kernelSides(), g.gaps(), g.paddingBefore(), g.paddingAfter(), attributes(List.of()),
                true);
    }

    /// `scale · x + shift`: normalisation with mean 0, variance 1 and ε 0.
    static primitive_desc_base channelScale(boolean relu, memory.desc x, memory.desc y) {
        var flags = dnnl_use_global_stats | dnnl_use_scale | dnnl_use_shift | (relu ? dnnl_fuse_norm_relu : 0);
        return new batch_normalization_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference.value, x, y, 0,
                flags, attributes(List.of()), true);
    }

    /// oneDNN divides α by the size, the paper does not.
    static primitive_desc_base localNormalisation(Op.LocalResponseNorm norm, memory.desc x, memory.desc y) {
        return new lrn_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference,
                algorithm.lrn_across_channels, x, y, norm.size(), (float) (norm.alpha() * norm.size()),
                (float) norm.beta(), (float) norm.k(), attributes(List.of()), true);
    }

    static primitive_desc_base softmax(memory.desc x, memory.desc y) {
        return new softmax_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference,
                algorithm.softmax_accurate, x, y, 1, attributes(List.of()), true);
    }

    static primitive_desc_base pointwise(PostOp.Curve curve, memory.desc x, memory.desc y) {
        return new eltwise_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_inference, algorithm(curve.kind()), x,
                y, curve.alpha(), curve.beta(), attributes(List.of()), true);
    }

    static primitive_desc_base addition(List<PostOp> posts, memory.desc a, memory.desc b, memory.desc y) {
        return new binary.primitive_desc(Cpu.ENGINE, algorithm.binary_add, a, b, y, attributes(posts), true);
    }

    static primitive_desc_base reorder(memory.desc from, memory.desc to) {
        return new reorder.primitive_desc(Cpu.ENGINE, from, Cpu.ENGINE, to, attributes(List.of()), true);
    }

    /// Whether oneDNN has nothing for what was asked.
    static boolean missing(primitive_desc_base description) {
        var raw = description.get(true);
        return raw == null || raw.isNull();
    }

    /// Whether oneDNN has nothing, or only its slow reference code, for what was asked.
    static boolean slow(primitive_desc_base description) {
        return missing(description) || description.impl_info_str().getString().startsWith("ref");
    }

    /// Whether it is oneDNN's older matrix product, such as that of bytes on AVX2 without VNNI.
    static boolean isGemm(primitive_desc_base description) {
        return !missing(description) && description.impl_info_str().getString().startsWith("gemm");
    }

    static void expect(primitive_desc_base description, String node) {
        if (missing(description)) {
            throw StriateException.machine("A plan cannot run node '" + node
                    + "': oneDNN has no primitive for it on this processor.");
        }
    }
}
