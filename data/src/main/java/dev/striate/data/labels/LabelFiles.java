package dev.striate.data.labels;

import dev.striate.data.files.FileTree;
import java.util.Optional;

/// Finds and reads the label files of a folder or a zip.
public final class LabelFiles {
    private LabelFiles() {}

    /// The format of the labels among these files; empty where there are none. Of several the first in the order of
    /// [Format]: boxes go before masks.
    public static Optional<Format> format(FileTree tree) {
        if (VocReader.fits(tree)) return Optional.of(Format.VOC);
        if (CocoReader.fits(tree)) return Optional.of(Format.COCO);
        if (DarknetReader.fits(tree)) return Optional.of(Format.DARKNET);
        return MaskReader.fits(tree) ? Optional.of(Format.MASKS) : Optional.empty();
    }

    /// Reads all labels of a format; what is wrong with single ones stands in the result.
    public static Reading read(FileTree tree, Format format) {
        return switch (format) {
            case VOC -> VocReader.read(tree);
            case COCO -> CocoReader.read(tree);
            case DARKNET -> DarknetReader.read(tree);
            case MASKS -> MaskReader.read(tree);
        };
    }
}
