package dev.striate.data.labels;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Label files that are read at once.
final class Texts {
    /// The largest that a label file of one picture, or a list of pictures, can be.
    static final int MOST_BYTES = 1 << 25;

    private Texts() {}

    /// A file's bytes; refuses one that is too large to be what it says.
    static byte[] bytes(FileTree tree, String file) {
        var bytes = tree.head(file, MOST_BYTES + 1);
        if (bytes.length <= MOST_BYTES) return bytes;
        throw StriateException.file("A label file of at most " + (MOST_BYTES >> 20) + " MiB was expected; "
                + tree.name(file) + " is larger.");
    }

    /// A line with its number from 1.
    record Line(int number, String text) {}

    /// The lines that hold something, without the space around them.
    static List<Line> lines(FileTree tree, String file) {
        var lines = new ArrayList<Line>();
        var all = new String(bytes(tree, file), StandardCharsets.UTF_8).replaceFirst("^\\uFEFF", "").split("\\R", -1);
        for (var i = 0; i < all.length; i++) if (!all[i].isBlank()) lines.add(new Line(i + 1, all[i].strip()));
        return lines;
    }

    /// A number, or NaN where the text is none.
    static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }
}
