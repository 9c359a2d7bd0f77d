package dev.striate.data.labels;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How files say what is in pictures.
public enum Format {
    /// An XML file for each picture, with boxes in whole pixels counted from 1, both ends inside (Everingham et al. 2010).
    VOC,
    /// One JSON file for many pictures, with boxes as left, top, width and height (Lin et al. 2014).
    COCO,
    /// A text file for each picture, with boxes by centre and size as shares of the picture (Redmon and Farhadi 2018).
    DARKNET,
    /// A PNG for each picture, whose pixels are numbers of classes.
    MASKS;

    /// The format that is called so on the command line: `voc`.
    public static Optional<Format> named(String name) {
        return Arrays.stream(values()).filter(each -> each.label().equals(name)).findFirst();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
