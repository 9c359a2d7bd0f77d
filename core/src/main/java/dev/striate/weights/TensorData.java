package dev.striate.weights;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.striate.StriateException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/// A tensor as stored: its type, its shape, and its values row-major and little-endian, which may be a mapped file.
public record TensorData(DataType type, List<Integer> shape, MemorySegment bytes) {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    public TensorData {
        shape = List.copyOf(shape);
        var expected = elements(shape) * type.bytes();
        if (bytes.byteSize() != expected) {
            throw new StriateException("A tensor of type " + type + " and shape " + shape + " expects " + expected
                    + " bytes; received " + bytes.byteSize() + ".");
        }
    }

    /// A float32 tensor with these values, row-major.
    public static TensorData of(List<Integer> shape, float[] values) {
        var bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(values.length, 4)]);
        MemorySegment.copy(values, 0, bytes, FLOAT, 0, values.length);
        return new TensorData(DataType.F32, shape, bytes);
    }

    /// A float64 tensor with these values, row-major.
    public static TensorData of(List<Integer> shape, double[] values) {
        var bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(values.length, 8)]);
        MemorySegment.copy(values, 0, bytes, DOUBLE, 0, values.length);
        return new TensorData(DataType.F64, shape, bytes);
    }

    public long elements() {
        return elements(shape);
    }

    /// Tells the system that a file's values have been read: it may use their memory for something else, and reads them again
    /// when they are asked for.
    public void unload() {
        if (bytes.isMapped()) bytes.unload();
    }

    /// The value at a row-major index, whatever the type.
    public double value(long index) {
        return switch (type) {
            case F64 -> bytes.getAtIndex(DOUBLE, index);
            case F32 -> bytes.getAtIndex(FLOAT, index);
            case F16 -> Float.float16ToFloat(bytes.getAtIndex(SHORT, index));
            case BF16 -> Float.intBitsToFloat(bytes.getAtIndex(SHORT, index) << 16);
            case I64 -> bytes.getAtIndex(LONG, index);
            case I32 -> bytes.getAtIndex(INT, index);
            case I16 -> bytes.getAtIndex(SHORT, index);
            case I8 -> bytes.get(JAVA_BYTE, index);
            case U8, BOOL -> bytes.get(JAVA_BYTE, index) & 0xff;
        };
    }

    /// All values as float32, row-major.
    public float[] floats() {
        var values = new float[Math.toIntExact(elements())];
        if (type == DataType.F32) {
            MemorySegment.copy(bytes, FLOAT, 0, values, 0, values.length);
        } else {
            for (var i = 0; i < values.length; i++) values[i] = (float) value(i);
        }
        return values;
    }

    private static long elements(List<Integer> shape) {
        return shape.stream().mapToLong(i -> i).reduce(1, Math::multiplyExact);
    }
}
