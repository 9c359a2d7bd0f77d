package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

/// Assembles the steps that take 8-bit values: quantised layers, and what passes such values on.
final class Int8Steps {
    private Int8Steps() {}

    /// False for steps that take float32.
    static boolean assemble(Assembly assembly, PlanStep step) {
        if (assembly.types.of(step) instanceof ValueType.Bytes input) {
            return layer(new QuantisedLayer(assembly, step, input), step.computation());
        }
        if (!(assembly.types.of(step.output()) instanceof ValueType.Bytes output)) return false;
        if (step.computation() instanceof Computation.ChannelScale scale) {
            ChannelScales.round(assembly, step, scale, output);
            return true;
        }
        if (!Int8Values.passes(step)) return false;
        var y = assembly.recorder.fresh(MemoryFormat.LAST, assembly.shape(step.output()), output);
        if (step.computation() instanceof Computation.Pooling pool) pool(assembly, step, pool, y);
        else concatenate(assembly, step, y);
        assembly.set(step, y);
        return true;
    }

    private static boolean layer(QuantisedLayer layer, Computation computation) {
        return switch (computation) {
            case Computation.Convolution convolution -> layer.convolution(convolution);
            case Computation.Product product -> layer.product(product);
            default -> false;
        };
    }

    private static void pool(Assembly assembly, PlanStep step, Computation.Pooling pool, TensorView y) {
        var x = assembly.values.as(step.input(), y.type());
        assembly.recorder.arguments().view(DNNL_ARG_SRC, x).view(DNNL_ARG_DST, y)
                .execute(Primitives.pooling(pool, x.desc(), y.desc()));
    }

    private static void concatenate(Assembly assembly, PlanStep step, TensorView y) {
        var channel = 0;
        for (var input : step.inputs()) {
            var x = assembly.values.as(input, y.type());
            assembly.recorder.copy(x, y.part(channel, x.shape()));
            channel += x.shape().channels();
        }
    }
}
