package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Map;

/// Assembles normalisations that stand alone.
final class ChannelScales {
    private ChannelScales() {}

    /// By oneDNN, but for a part of each pixel, which it reads slowly.
    static void assemble(Assembly assembly, PlanStep step, Computation.ChannelScale scale) {
        var x = assembly.view(step.input());
        if (x.strided() && x.format() == MemoryFormat.LAST && x.type() == ValueType.Real.FLOAT32) {
            assembly.give(step, normalised(assembly, step, scale, x, x.type()));
            return;
        }
        var channels = scale.scale().length;
        assembly.unary(step, assembly.overInput(step),
                (from, to) -> Primitives.channelScale(!step.posts().isEmpty(), from, to), Map.of(
                        DNNL_ARG_SCALE, assembly.constants.vector(step.name() + ".scale", scale.scale()),
                        DNNL_ARG_SHIFT, assembly.constants.vector(step.name() + ".shift", scale.shift()),
                        DNNL_ARG_MEAN, assembly.constants.vector("zeros." + channels, new float[channels]),
                        DNNL_ARG_VARIANCE, assembly.constants.vector("ones." + channels,
                                Computation.ChannelScale.uniform(channels, 1))));
    }

    /// Normalises and rounds in one pass over memory, where the values lie.
    static void round(Assembly assembly, PlanStep step, Computation.ChannelScale scale, ValueType.Bytes to) {
        var view = assembly.values.as(step.input(), ValueType.Real.FLOAT32);
        var x = view.shape().isVector() || view.format() == MemoryFormat.LAST ? view
                : assembly.recorder.as(view, MemoryFormat.LAST);
        assembly.set(step, normalised(assembly, step, scale, x, to));
    }

    private static TensorView normalised(Assembly assembly, PlanStep step, Computation.ChannelScale scale, TensorView x,
            ValueType to) {
        var y = assembly.recorder.fresh(MemoryFormat.unblocked(x.shape()), x.shape(), to);
        var pixels = (long) assembly.batch * x.shape().height() * x.shape().width();
        var rows = new NormalisedRows(scale, !step.posts().isEmpty(), to, x.whole().channels(), pixels);
        assembly.recorder.normalise(rows, assembly.threads(), x, y);
        return y;
    }
}
