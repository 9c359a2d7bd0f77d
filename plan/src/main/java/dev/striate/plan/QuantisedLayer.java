package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Shape;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_desc_base;
import org.jspecify.annotations.Nullable;

/// Assembles a step with weights that runs in int8: 8-bit values and weights, 32-bit sums, and a result of 8 bits where
/// all who read it take them, else of float32.
final class QuantisedLayer {
    private final Assembly assembly;
    private final Recorder recorder;
    private final PlanStep step;
    private final ValueType type;
    private final Shape y;
    private final @Nullable TensorView residual;
    private final boolean overResidual;
    private final TensorView result;
    private int sum;

    QuantisedLayer(Assembly assembly, PlanStep step, ValueType.Bytes type) {
        this.assembly = assembly;
        this.step = step;
        this.type = type;
        recorder = assembly.recorder;
        y = assembly.shape(step.output());
        var to = assembly.types.of(step.output());
        var format = MemoryFormat.unblocked(y);
        residual = step.posts().stream().filter(PostOp.Residual.class::isInstance)
                .map(post -> recorder.as(assembly.values.stored(((PostOp.Residual) post).value()), format))
                .findFirst().orElse(null);
        overResidual = residual != null && residual.type().bytes() == to.bytes() && dies();
        result = residual != null && overResidual ? residual.over(to) : recorder.fresh(format, y, to);
    }

    private boolean dies() {
        return step.posts().stream()
                .allMatch(post -> !(post instanceof PostOp.Residual(int value)) || assembly.goesOver(value, step));
    }

    /// False if oneDNN has nothing quick for it.
    boolean convolution(Computation.Convolution layer) {
        var x = assembly.shape(step.input());
        var description = Primitives.quantisedConvolution(layer, posts(),
                MemoryFormat.any(assembly.batch, x, type), result);
        if (Primitives.slow(description)) return false;
        execute(layer.weights(), description, description.weights_desc(),
                recorder.as(assembly.values.as(step.input(), type), description.src_desc()), result);
        return true;
    }

    boolean product(Computation.Product layer) {
        var x = assembly.shape(step.input());
        var flat = layer.weights().sides().length == 2;
        var from = flat
                ? new memory.desc(new long[] { assembly.batch, x.channels() }, type.stored(), memory.format_tag.ab)
                : MemoryFormat.any(assembly.batch, x, type);
        var to = new memory.desc(new long[] { assembly.batch, y.channels() }, result.type().stored(),
                memory.format_tag.ab);
        var description = Primitives.quantisedProduct(layer, posts(), from, to, result.type());
        if (!flat && Primitives.isGemm(description)) {
            // Left to itself oneDNN 3.13 reads channels last there, and weights channels first.
            description = Primitives.quantisedProduct(layer, posts(),
                    MemoryFormat.PLAIN.dense(assembly.batch, x, type), to, result.type());
        }
        if (Primitives.slow(description)) return false;
        var source = assembly.values.as(step.input(), type);
        execute(layer.weights(), description, description.weights_desc(),
                flat ? source.as(from) : recorder.as(source, description.src_desc()), result.as(to));
        return true;
    }

    /// A sum over the residual where that is not needed any more, else from another place; oneDNN scales only the first.
    private post_ops posts() {
        var list = new post_ops();
        for (var post : step.posts()) {
            switch (post) {
                case PostOp.Curve curve -> Primitives.append(list, curve);
                case PostOp.Residual _ -> appendResidual(list, residual);
            }
        }
        return list;
    }

    private void appendResidual(post_ops list, TensorView residual) {
        var scale = (float) residual.type().scale();
        if (overResidual) {
            list.append_sum(scale, 0, residual.type().stored());
            return;
        }
        if (scale != 1) list.append_eltwise(algorithm.eltwise_linear, 1 / scale, 0);
        sum = list.len();
        list.append_binary(algorithm.binary_add, residual.desc());
        if (scale != 1) list.append_eltwise(algorithm.eltwise_linear, scale, 0);
    }

    private void execute(FoldedWeights weights, primitive_desc_base description, memory.desc packed, TensorView from,
            TensorView to) {
        var quantised = assembly.constants.quantised(step.name(), weights, packed);
        var arguments = recorder.arguments().view(DNNL_ARG_SRC, from).view(DNNL_ARG_DST, to)
                .constant(DNNL_ARG_WEIGHTS, quantised.values())
                .constant(DNNL_ARG_BIAS, assembly.constants.vector(step.name() + ".bias", weights.bias()))
                .constant(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC, assembly.values.scale(type))
                .constant(DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS, quantised.scales());
        if (to.type() instanceof ValueType.Bytes) {
            arguments.constant(DNNL_ARG_ATTR_SCALES | DNNL_ARG_DST, assembly.values.scale(to.type()));
        }
        if (residual != null && !overResidual) {
            arguments.view((sum + 1) * DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1, residual);
        }
        arguments.execute(description);
        assembly.give(step, result);
    }
}
