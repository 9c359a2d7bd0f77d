package dev.striate.torch;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.striate.graph.Size;
import dev.striate.weights.DataType;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.global.torch;

/// Plain Java values to tensors and back.
final class Tensors {
    static final MemoryFormatOptional ANY_FORMAT = kept(new MemoryFormatOptional());
    static final TensorOptions FLOAT = kept(new TensorOptions(ScalarType.Float));
    static final TensorOptions BFLOAT16 = kept(new TensorOptions(ScalarType.BFloat16));
    private static final ScalarTypeOptional SUM_TYPE = kept(new ScalarTypeOptional(ScalarType.Float));
    private static final TensorOptions DOUBLE = kept(new TensorOptions(ScalarType.Double));
    private static final TensorOptions LONG = kept(new TensorOptions(ScalarType.Long));

    private Tensors() {}

    /// Keeps a native value beyond the scope that is open now: for the life of the process, or until it is deallocated.
    static <P extends Pointer> P kept(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    /// A handle of its own on a tensor that JavaCPP gave as a reference into something else: a tuple, another's gradient.
    static Tensor own(Tensor reference) {
        return new Tensor(reference);
    }

    /// The members of a tuple, each with a handle of its own.
    static Tensor[] split(T_TensorTensorTensor_T tuple) {
        var members = new Tensor[] { own(tuple.get0()), own(tuple.get1()), own(tuple.get2()) };
        tuple.deallocate();
        return members;
    }

    static Tensor[] split(T_TensorTensor_T tuple) {
        var members = new Tensor[] { own(tuple.get0()), own(tuple.get1()) };
        tuple.deallocate();
        return members;
    }

    static BoolPointer flags(boolean... flags) {
        var pointer = new BoolPointer(flags.length);
        for (var i = 0; i < flags.length; i++) pointer.put(i, flags[i]);
        return pointer;
    }

    /// Height and width, as libtorch takes them.
    static long[] longs(Size size) {
        return new long[] { size.height(), size.width() };
    }

    /// A stored tensor on the CPU: float64 where it is stored so, else float32.
    static Tensor of(TensorData data) {
        var shape = data.shape().stream().mapToLong(i -> i).toArray();
        if (data.type() == DataType.F32) {
            var tensor = torch.empty(shape, FLOAT, ANY_FORMAT);
            memory(tensor).copyFrom(data.bytes());
            return tensor;
        }
        if (data.type() != DataType.F64) return of(data.floats(), shape);
        var values = new double[Math.toIntExact(data.elements())];
        for (var i = 0; i < values.length; i++) values[i] = data.value(i);
        return of(values, shape);
    }

    static Tensor of(float[] values, long... shape) {
        var tensor = torch.empty(shape, FLOAT, ANY_FORMAT);
        MemorySegment.copy(values, 0, memory(tensor), JAVA_FLOAT, 0, values.length);
        return tensor;
    }

    static Tensor of(double[] values, long... shape) {
        var tensor = torch.empty(shape, DOUBLE, ANY_FORMAT);
        MemorySegment.copy(values, 0, memory(tensor), JAVA_DOUBLE, 0, values.length);
        return tensor;
    }

    static Tensor of(long[] values) {
        return of(values, values.length);
    }

    static Tensor of(long[] values, long... shape) {
        var tensor = torch.empty(shape, LONG, ANY_FORMAT);
        MemorySegment.copy(values, 0, memory(tensor), JAVA_LONG, 0, values.length);
        return tensor;
    }

    /// The memory of a tensor on the CPU that has no gaps.
    @SuppressWarnings("restricted")
    static MemorySegment memory(Tensor tensor) {
        return MemorySegment.ofAddress(tensor.data_ptr().address())
                .reinterpret(tensor.numel() * tensor.element_size());
    }

    /// A batch that lies in memory as N×H×W×C float32, seen as N×C×H×W without a copy; valid while the segment is.
    static Tensor borrow(MemorySegment pixels, long n, long c, long h, long w) {
        try (var pointer = new FloatPointer(
                pixels.asByteBuffer().order(java.nio.ByteOrder.nativeOrder()).asFloatBuffer())) {
            return torch.from_blob(pointer, new long[] { n, c, h, w }, new long[] { h * w * c, 1, w * c, c }, FLOAT);
        }
    }

    /// The sum of each channel of N×C×H×W or N×C, in float32 whatever the type: what a bias learns of a gradient.
    static Tensor channelSums(Tensor batch) {
        return batch.sum(batch.dim() == 4 ? new long[] { 0, 2, 3 } : new long[] { 0 }, false, SUM_TYPE);
    }

    /// The tensor itself where its memory is N×H×W×C without gaps, else a copy that is.
    static Tensor dense(Tensor x) {
        var format = x.dim() == 4 ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
        return x.is_contiguous(format) ? x : x.contiguous(format);
    }

    /// The values of a tensor, row-major.
    static float[] floats(Tensor tensor) {
        try (var cpu = tensor.cpu(); var typed = cpu.to(ScalarType.Float); var plain = typed.contiguous()) {
            var values = new float[Math.toIntExact(plain.numel())];
            try (var pointer = plain.data_ptr_float()) {
                pointer.get(values);
            }
            return values;
        }
    }

    static double[] doubles(Tensor tensor) {
        try (var cpu = tensor.cpu(); var typed = cpu.to(ScalarType.Double); var plain = typed.contiguous()) {
            var values = new double[Math.toIntExact(plain.numel())];
            try (var pointer = plain.data_ptr_double()) {
                pointer.get(values);
            }
            return values;
        }
    }

    /// All values in the tensor's own type, as one vector.
    static TensorData exact(Tensor flat) {
        return data(flat, List.of(Math.toIntExact(flat.numel())));
    }

    static TensorData data(Tensor tensor, List<Integer> shape) {
        return tensor.scalar_type().intern() == ScalarType.Double ? TensorData.of(shape, doubles(tensor))
                : TensorData.of(shape, floats(tensor));
    }
}
