package dev.striate.vision.train;

import dev.striate.weights.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A small text, written beside its target and renamed over it.
final class TextFile {
    private TextFile() {}

    static void write(Path file, String text) {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(file, channel -> {
            while (bytes.hasRemaining()) channel.write(bytes);
        });
    }
}
