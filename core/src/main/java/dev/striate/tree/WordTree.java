package dev.striate.tree;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Names of classes, and which is a kind of which (Redmon and Farhadi 2017, §4).
public record WordTree(List<String> names, ClassTree tree) {
    public WordTree {
        names = List.copyOf(names);
        if (names.size() != tree.size()) {
            throw new StriateException(
                    "A name for each of the tree's " + tree.size() + " classes was expected; received "
                            + names.size() + ".");
        }
    }

    /// Reads Darknet's form: on each line a name and the number of its parent, the place of an earlier name from 0, or −1
    /// for a root. Empty lines do not count.
    public static WordTree read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw StriateException.file("A tree of class names was expected in " + file + "; it cannot be read: "
                    + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }

    /// The same of a text; `source` names it in errors.
    public static WordTree parse(String text, String source) {
        var lines = text.lines().map(String::strip).toList();
        var numbers = new HashMap<String, Integer>(); // of the lines with the names
        var names = new ArrayList<String>();
        var parents = new ArrayList<Integer>();
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).isEmpty()) continue;
            var place = source + ", line " + (i + 1);
            var space = lines.get(i).replaceFirst("\\S+$", "").length();
            var name = lines.get(i).substring(0, space).strip();
            var before = numbers.putIfAbsent(name, i + 1);
            parents.add(parent(lines.get(i).substring(space), name, names.size(), place));
            if (before != null) {
                throw StriateException.file(place + ": expected each name once; received '" + name
                        + "', which line " + before + " has too.");
            }
            names.add(name);
        }
        if (names.isEmpty()) {
            throw StriateException
                    .file(source + ": expected a tree of class names, a name and the number of its parent to "
                            + "a line; received none.");
        }
        return new WordTree(names, ClassTree.of(parents));
    }

    private static int parent(String text, String name, int own, String place) {
        if (name.isEmpty() || !text.matches("-?\\d{1,9}")) {
            throw StriateException.file(place + ": expected a name and the number of its parent, as in 'dog 0' or "
                    + "'animal -1'; received '" + (name + " " + text).strip() + "'.");
        }
        var parent = Integer.parseInt(text);
        if (parent < ClassTree.NONE || parent >= own) {
            throw StriateException.file(place + ": expected the number of an earlier name as the parent of '" + name
                    + "', " + (own == 0 ? "or -1 for none" : "0 to " + (own - 1) + ", or -1 for none") + "; received "
                    + parent + (parent == own ? ", which is its own." : "."));
        }
        return parent;
    }

    /// The number of a class; refuses a name that the tree does not have.
    public int number(String name) {
        var number = names.indexOf(name);
        if (number >= 0) return number;
        throw new StriateException("The tree of " + names.size() + " classes does not have '" + name + "'.");
    }
}
