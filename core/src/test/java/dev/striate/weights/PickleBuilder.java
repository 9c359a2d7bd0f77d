package dev.striate.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes pickles by hand, instruction by instruction, so that a test can hold what Python would not write.
final class PickleBuilder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// The start of a legacy file: the magic number, the protocol, the system's description.
    static PickleBuilder legacy() {
        return new PickleBuilder()
                .bytes(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.')
                .bytes(0x80, 2, 'M', 0xe9, 0x03, '.')
                .bytes(0x80, 2, '}').text("little_endian").bytes(0x88, 's', '.');
    }

    PickleBuilder bytes(int... values) {
        for (var value : values) out.write(value);
        return this;
    }

    PickleBuilder text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes('X').little(4, bytes.length).raw(bytes);
    }

    PickleBuilder global(String module, String name) {
        return bytes('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    PickleBuilder number(long value) {
        return bytes(0x8a, 8).little(8, value);
    }

    PickleBuilder tuple(long... values) {
        bytes('(');
        for (var value : values) number(value);
        return bytes('t');
    }

    /// A dictionary's only entry: a tensor over a storage of four float32 values under the key "0".
    PickleBuilder tensor(String name, long offset, long[] shape, long[] strides) {
        return text(name).global("torch._utils", "_rebuild_tensor_v2").bytes('(')
                .storage(4).number(offset).tuple(shape).tuple(strides)
                .bytes(0x89).global("collections", "OrderedDict").bytes(')', 'R')
                .bytes('t', 'R', 's');
    }

    PickleBuilder storage(long elements) {
        return bytes('(').text("storage").global("torch", "FloatStorage").text("0").text("cpu").number(elements)
                .bytes('t', 'Q');
    }

    /// The list of storages, and four float32 values 1 to 4.
    PickleBuilder values(long claimed) {
        bytes(0x80, 2, ']').text("0").bytes('a', '.').little(8, claimed);
        for (var value = 1; value <= 4; value++) little(4, Float.floatToIntBits(value));
        return this;
    }

    PickleBuilder little(int size, long value) {
        var bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        out.write(bytes, 0, size);
        return this;
    }

    PickleBuilder raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] build() {
        return out.toByteArray();
    }
}
