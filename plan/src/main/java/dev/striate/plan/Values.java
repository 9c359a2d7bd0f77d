package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/// Where the values of a plan lie: each as its producer left it and, once somebody has asked, as float32 or as 8 bits.
final class Values {
    private final Recorder recorder;
    private final Constants constants;
    private final Map<Integer, TensorView> stored = new HashMap<>();
    private final Map<Integer, TensorView> rescaled = new HashMap<>();

    Values(Recorder recorder, Constants constants) {
        this.recorder = recorder;
        this.constants = constants;
    }

    void put(int value, TensorView view) {
        stored.put(value, view);
    }

    /// As its producer left it.
    TensorView stored(int value) {
        return Objects.requireNonNull(stored.get(value));
    }

    TensorView floats(int value) {
        return as(value, null);
    }

    /// As 8 bits of a range, channels last.
    TensorView bytes(int value, Quantisation.Range range) {
        return as(value, range);
    }

    private TensorView as(int value, Quantisation.@Nullable Range range) {
        var left = stored(value);
        if (Objects.equals(range, left.range())) return left;
        var known = rescaled.get(value);
        if (known != null && Objects.equals(range, known.range())) return known;
        var fresh = rescale(left, range);
        rescaled.put(value, fresh);
        return fresh;
    }

    private TensorView rescale(TensorView from, Quantisation.@Nullable Range range) {
        var to = recorder.fresh(from.shape().isVector() ? MemoryFormat.PLAIN : MemoryFormat.LAST, from.shape(), range);
        var arguments = recorder.arguments().view(DNNL_ARG_FROM, from).view(DNNL_ARG_TO, to);
        if (from.range() != null) arguments.constant(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC, scale(from.range()));
        if (range != null) arguments.constant(DNNL_ARG_ATTR_SCALES | DNNL_ARG_DST, scale(range));
        arguments.execute(Primitives.rescale(from.desc(), to.desc()));
        return to;
    }

    memory scale(Quantisation.Range range) {
        return constants.vector("scale " + range.scale(), new float[] { (float) range.scale() });
    }
}
