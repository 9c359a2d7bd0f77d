package dev.striate.plan;

import dev.striate.weights.DataType;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Parts of stored tensors as float32.
final class Rows {
    private static final ValueLayout.OfFloat STORED = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    private Rows() {}

    /// `count` values from a row-major index on.
    static float[] floats(TensorData tensor, long from, int count) {
        var values = new float[count];
        if (tensor.type() == DataType.F32) {
            MemorySegment.copy(tensor.bytes(), STORED, from * Float.BYTES, values, 0, count);
        } else {
            for (var i = 0; i < count; i++) values[i] = (float) tensor.value(from + i);
        }
        return values;
    }
}
