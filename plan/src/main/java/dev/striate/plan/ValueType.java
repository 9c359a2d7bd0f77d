package dev.striate.plan;

import org.bytedeco.dnnl.memory;

/// What the numbers of a value are in memory.
sealed interface ValueType {
    enum Real implements ValueType {
        FLOAT32,
        BF16
    }

    /// 8 bits that stand for whole multiples of a scale.
    record Bytes(Quantisation.Range range) implements ValueType {}

    /// oneDNN's name for it.
    default memory.data_type stored() {
        return switch (this) {
            case Real.FLOAT32 -> memory.data_type.f32;
            case Real.BF16 -> memory.data_type.bf16;
            case Bytes(Quantisation.Range range) -> range.signed() ? memory.data_type.s8 : memory.data_type.u8;
        };
    }

    /// The bytes of a number.
    default int bytes() {
        return switch (this) {
            case Real.FLOAT32 -> Float.BYTES;
            case Real.BF16 -> Short.BYTES;
            case Bytes _ -> Byte.BYTES;
        };
    }

    /// What one step of the stored number is worth.
    default double scale() {
        return this instanceof Bytes(Quantisation.Range range) ? range.scale() : 1;
    }
}
