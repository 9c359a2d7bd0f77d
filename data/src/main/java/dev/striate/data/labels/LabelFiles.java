package dev.striate.data.labels;

import dev.striate.data.files.FileTree;
import java.util.Optional;

/// Finds and reads the label files of a folder or a zip.
public final class LabelFiles {
    private LabelFiles() {}

    /// The format of the labels among these files; empty where there are none.
    public static Optional<Format> format(FileTree tree) {
        if (VocReader.fits(tree)) return Optional.of(Format.VOC);
        return Optional.empty();
    }

    /// Reads all labels of a format; what is wrong with single ones stands in the result.
    public static Reading read(FileTree tree, Format format) {
        return switch (format) {
            case VOC -> VocReader.read(tree);
            case COCO, DARKNET, MASKS -> VocReader.read(tree);
        };
    }
}
