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
        if (step.computation() instanceof Computation.ChannelScale scale) return scale(assembly, step, scale, output);
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

    /// Normalises and rounds in one pass over memory: a multiple of what is rectified is the rectified multiple. False if oneDNN
    /// has nothing quick for it.
    private static boolean scale(Assembly assembly, PlanStep step, Computation.ChannelScale scale, ValueType output) {
        var shape = assembly.shape(step.output());
        var y = assembly.recorder.fresh(shape.isVector() ? MemoryFormat.PLAIN : MemoryFormat.LAST, shape, output);
        var x = assembly.recorder.as(assembly.values.as(step.input(), ValueType.Real.FLOAT32), y.format());
        var description = Primitives.roundedScale(shape.channels(), !step.posts().isEmpty(), x.desc(), y.desc());
        if (Primitives.slow(description)) return false;
        var unit = output.scale();
        var name = step.name() + " in units of " + unit;
        assembly.recorder.arguments().view(DNNL_ARG_SRC_0, x).view(DNNL_ARG_DST, y)
                .constant(DNNL_ARG_SRC_1, assembly.constants.channels(name + ".scale", multiples(scale.scale(), unit)))
                .constant(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1,
                        assembly.constants.channels(name + ".shift", multiples(scale.shift(), unit)))
                .execute(description);
        assembly.set(step, y);
        return true;
    }

    private static float[] multiples(float[] values, double unit) {
        var multiples = new float[values.length];
        for (var i = 0; i < values.length; i++) multiples[i] = (float) (values[i] / unit);
        return multiples;
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
