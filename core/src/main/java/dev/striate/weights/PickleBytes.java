package dev.striate.weights;

import dev.striate.StriateException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// A place in mapped bytes, read forwards; refuses to read beyond their end.
final class PickleBytes {
    private final MemorySegment bytes;
    private long position;

    PickleBytes(MemorySegment bytes) {
        this.bytes = bytes;
    }

    int u8() {
        return slice(1).get(ValueLayout.JAVA_BYTE, 0) & 0xff;
    }

    /// A little-endian number of `size` bytes, at most eight; the highest bit of eight is its sign.
    long number(int size) {
        var slice = slice(size);
        var number = 0L;
        for (var i = size - 1; i >= 0; i--) number = number << 8 | slice.get(ValueLayout.JAVA_BYTE, i) & 0xff;
        return number;
    }

    /// The text up to the next line feed, which is passed over.
    String line() {
        var length = 0L;
        while (peek(length) != '\n') length++;
        var line = text(length);
        position++;
        return line;
    }

    String text(long length) {
        return new String(array(length), StandardCharsets.UTF_8);
    }

    byte[] array(long length) {
        return slice(length).toArray(ValueLayout.JAVA_BYTE);
    }

    MemorySegment slice(long length) {
        if (length < 0 || length > bytes.byteSize() - position) throw cutOff(length);
        var slice = bytes.asSlice(position, length);
        position += length;
        return slice;
    }

    /// Whether the next bytes are these.
    boolean startsWith(int... values) {
        if (bytes.byteSize() - position < values.length) return false;
        for (var i = 0; i < values.length; i++) if (peek(i) != (byte) values[i]) return false;
        return true;
    }

    long position() {
        return position;
    }

    private byte peek(long ahead) {
        if (position + ahead >= bytes.byteSize()) throw cutOff(ahead + 1);
        return bytes.get(ValueLayout.JAVA_BYTE, position + ahead);
    }

    private StriateException cutOff(long wanted) {
        return StriateException.file(
                "it is cut off: at byte " + position + " it expects " + Long.toUnsignedString(wanted)
                        + " more; received " + (bytes.byteSize() - position) + ".");
    }
}
