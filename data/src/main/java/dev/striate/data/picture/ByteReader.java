package dev.striate.data.picture;

/// Unsigned numbers in a file's bytes; reading past the end is an IndexOutOfBoundsException.
record ByteReader(byte[] bytes) {
    int at(int index) {
        return bytes[index] & 0xff;
    }

    boolean starts(int index, int... expected) {
        if (bytes.length < index + expected.length) return false;
        for (var i = 0; i < expected.length; i++) if (at(index + i) != expected[i]) return false;
        return true;
    }

    long big(int index, int count) {
        var value = 0L;
        for (var i = 0; i < count; i++) value = value << 8 | at(index + i);
        return value;
    }

    long little(int index, int count) {
        var value = 0L;
        for (var i = count - 1; i >= 0; i--) value = value << 8 | at(index + i);
        return value;
    }

    /// The last place, not before `from`, at which the expected bytes stand; −1 where they do not.
    int last(int from, int... expected) {
        for (var i = bytes.length - expected.length; i >= from; i--) if (starts(i, expected)) return i;
        return -1;
    }
}
