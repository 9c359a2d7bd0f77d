package dev.striate.vision.segment;

import dev.striate.data.labels.MaskFiles;
import dev.striate.target.Target.Mask;
import dev.striate.weights.AtomicFile;
import java.nio.file.Path;

/// Masks as PNG files with a palette, as PASCAL VOC has them: a pixel's value is its class.
public final class MaskFile {
    private MaskFile() {}

    /// Writes a mask beside its target and renames it over.
    public static void write(Mask mask, Path file) {
        AtomicFile.write(file, MaskFiles.encode(mask));
    }
}
