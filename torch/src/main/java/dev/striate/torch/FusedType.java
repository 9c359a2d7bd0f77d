package dev.striate.torch;

import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The type of the values and of their gradients that oneDNN's kernels read and write. Parameters, their gradients and
/// statistics are float32, and so are sums.
enum FusedType {
    FLOAT32(data_type.f32, ScalarType.Float),
    BFLOAT16(data_type.bf16, ScalarType.BFloat16);

    private final data_type numbers;
    private final ScalarType scalar;

    FusedType(data_type numbers, ScalarType scalar) {
        this.numbers = numbers;
        this.scalar = scalar;
    }

    /// The type in which oneDNN's kernels compute what a model does, if they can.
    static Optional<FusedType> of(Device device, ComputeTypes types) {
        if (device != Device.CPU || !TensorPrimitive.available()) return Optional.empty();
        if (types == ComputeTypes.FLOAT32) return Optional.of(FLOAT32);
        return types == ComputeTypes.BFLOAT16 && Cpu.BF16 ? Optional.of(BFLOAT16) : Optional.empty();
    }

    /// N×C×H×W, channels last.
    memory.desc batch(long n, Shape shape) {
        return desc(format_tag.nhwc, n, shape.channels(), shape.height(), shape.width());
    }

    memory.desc desc(format_tag order, long... sizes) {
        return Tensors.kept(new memory.desc(sizes, numbers, order));
    }

    /// A batch of this type, channels last, without values.
    Tensor channelsLast(long pictures, Shape shape) {
        return empty(pictures, shape.height(), shape.width(), shape.channels()).permute(0, 3, 1, 2);
    }

    Tensor empty(long... sizes) {
        return torch.empty(sizes, this == FLOAT32 ? Tensors.FLOAT : Tensors.BFLOAT16, Tensors.ANY_FORMAT);
    }

    /// The values in this type, channels last without gaps; the tensor itself where it is so.
    Tensor dense(Tensor x) {
        return Tensors.dense(cast(x));
    }

    /// The values in this type; the tensor itself where it has it.
    Tensor cast(Tensor x) {
        return x.scalar_type().intern() == scalar ? x : x.to(scalar);
    }
}
