package dev.striate.data.labels;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Files with the names of classes, one to a line, in the order of their numbers.
final class Names {
    private static final Set<String> FILES = Set.of("classes.txt", "labels.txt", "names.txt");

    private Names() {}

    /// The names in `classes.txt`, `labels.txt`, `names.txt` or `*.names`: of several the one in the fewest folders.
    static Optional<List<String>> find(FileTree tree) {
        return tree.files().stream().filter(Names::isNames)
                .min(Comparator.comparingLong((String file) -> file.chars().filter(c -> c == '/').count())
                        .thenComparing(Comparator.naturalOrder()))
                .map(file -> read(tree, file));
    }

    static boolean isNames(String file) {
        var name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return FILES.contains(name) || name.endsWith(".names");
    }

    /// Refuses an empty line between names, which would shift the numbers of those behind it, and a name that is there
    /// twice.
    static List<String> read(FileTree tree, String file) {
        var names = new ArrayList<String>();
        for (var line : Texts.lines(tree, file)) {
            if (line.number() != names.size() + 1) {
                throw StriateException.file("A class name was expected in " + tree.name(file) + ", line "
                        + (names.size() + 1) + "; the line is empty.");
            }
            if (names.contains(line.text())) {
                throw StriateException.file("Class names that differ were expected; " + tree.name(file) + ", line "
                        + line.number() + " has '" + line.text() + "' a second time.");
            }
            names.add(line.text());
        }
        if (!names.isEmpty()) return List.copyOf(names);
        throw StriateException.file("Class names, one to a line, were expected; " + tree.name(file) + " is empty.");
    }
}
