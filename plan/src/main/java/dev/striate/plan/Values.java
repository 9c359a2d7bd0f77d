package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.memory;

/// Where the values of a plan lie: each as its producer left it and, once somebody has asked, in other numbers.
final class Values {
    private static final int SCALE_FROM = DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC;
    private static final int SCALE_TO = DNNL_ARG_ATTR_SCALES | DNNL_ARG_DST;

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

    /// In numbers of a type; 8 bits are written channels last.
    TensorView as(int value, ValueType type) {
        var left = stored(value);
        if (left.type().equals(type)) return left;
        var known = rescaled.get(value);
        if (known != null && known.type().equals(type)) return known;
        var fresh = rescale(left, type);
        rescaled.put(value, fresh);
        return fresh;
    }

    private TensorView rescale(TensorView from, ValueType type) {
        var bytes = type instanceof ValueType.Bytes;
        var format = from.shape().isVector() ? MemoryFormat.PLAIN : bytes ? MemoryFormat.LAST : from.format();
        var to = recorder.fresh(format, from.shape(), type);
        var arguments = recorder.arguments().view(DNNL_ARG_FROM, from).view(DNNL_ARG_TO, to);
        if (from.type() instanceof ValueType.Bytes) arguments.constant(SCALE_FROM, scale(from.type()));
        if (bytes) arguments.constant(SCALE_TO, scale(type));
        arguments.execute(Primitives.rescale(from, to));
        return to;
    }

    memory scale(ValueType type) {
        return constants.vector("scale " + type.scale(), new float[] { (float) type.scale() });
    }
}
