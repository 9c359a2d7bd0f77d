package dev.striate.vision.train;

import dev.striate.weights.AtomicFile;
import java.nio.file.Path;

/// A small text, written beside its target and renamed over it.
final class TextFile {
    private TextFile() {}

    static void write(Path file, String text) {
        AtomicFile.write(file, text);
    }
}
