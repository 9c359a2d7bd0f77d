package dev.striate.data.labels;

import dev.striate.data.files.FileTree;
import java.util.List;
import java.util.Locale;

/// The part of a set that a picture is for, as its files say.
public enum Role {
    TRAIN("train", "training"),
    VALIDATION("val", "valid", "validation"),
    TEST("test", "testing"),
    /// Nothing says which.
    UNDIVIDED;

    private final List<String> names;

    Role(String... names) {
        this.names = List.of(names);
    }

    /// The role that such a word names: `val`, `valid2017`.
    static Role named(String word) {
        var plain = word.toLowerCase(Locale.ROOT).replaceFirst("[-_]?\\d+$", "");
        for (var role : values()) if (role.names.contains(plain)) return role;
        return UNDIVIDED;
    }

    /// The role that the innermost folder with such a name gives a file.
    static Role ofFolder(String file) {
        var folders = FileTree.folder(file).split("/");
        for (var i = folders.length - 1; i >= 0; i--) if (named(folders[i]) != UNDIVIDED) return named(folders[i]);
        return UNDIVIDED;
    }

    /// What most formats call it: `train`, `val`, `test`, and `train` for pictures of an undivided set.
    public String label() {
        return names.isEmpty() ? "train" : names.getFirst();
    }
}
