package dev.striate.weights;

import dev.striate.StriateException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A safetensors file: named tensors, and a map of texts. Layout: the header's length as 8 bytes little-endian, the
/// header as JSON, the tensors' bytes without gaps.
public record SafeTensors(SequencedMap<String, String> metadata, SequencedMap<String, TensorData> tensors) {
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    public SafeTensors {
        metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    }

    /// Maps the file into memory: the tensors are views of it, and keep the map alive. Refuses a file that breaks the
    /// format; nothing is allocated by what the header only claims.
    public static SafeTensors read(Path file) {
        var mapped = MappedFile.read(file);
        if (mapped.byteSize() < Long.BYTES) {
            throw StriateException.file(file + " is no safetensors file: it has " + mapped.byteSize()
                    + " bytes, and the length of its header alone takes 8.");
        }
        var length = mapped.get(LENGTH, 0);
        var available = mapped.byteSize() - Long.BYTES;
        if (length < 2 || length > SafeTensorsHeader.LIMIT) {
            throw StriateException.file(file + " claims a header of " + Long.toUnsignedString(length)
                    + " bytes, and a safetensors header has 2 to " + SafeTensorsHeader.LIMIT + ".");
        }
        if (length > available) {
            throw StriateException.file(file + " is cut off: its header of " + length + " bytes expects more than the "
                    + available + " that follow.");
        }
        var text = new String(mapped.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE),
                StandardCharsets.UTF_8);
        var data = mapped.asSlice(Long.BYTES + length);
        var header = SafeTensorsHeader.parse(text, file);
        header.checkLayout(data.byteSize(), file);
        var tensors = new LinkedHashMap<String, TensorData>();
        header.entries().forEach((name, entry) -> tensors.put(name, entry.view(data)));
        return new SafeTensors(header.metadata(), tensors);
    }

    /// Writes the file beside its target and renames it over. The header keeps the tensors' order; their bytes lie by
    /// falling size of their type, so each is aligned to it.
    public void write(Path file) {
        var header = SafeTensorsHeader.of(metadata, tensors);
        var text = header.text();
        AtomicFile.write(file, channel -> {
            var start = ByteBuffer.allocate(Long.BYTES + text.length).order(ByteOrder.LITTLE_ENDIAN);
            AtomicFile.writeFully(channel, MemorySegment.ofBuffer(start.putLong(text.length).put(text).flip()));
            for (var name : header.layout()) AtomicFile.writeFully(channel, tensors.get(name).bytes());
        });
    }

}
