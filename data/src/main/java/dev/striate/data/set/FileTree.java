package dev.striate.data.set;

import java.util.List;

/// Files below a folder or in a zip, by paths relative to it with `/` between names; hidden ones are left out.
sealed interface FileTree permits FolderTree, ZipTree {
    /// The files' paths, sorted.
    List<String> files();

    /// The paths of folders that hold nothing, sorted.
    List<String> emptyFolders();

    /// Reads one of the files.
    byte[] read(String file);

    /// What messages call one of the files.
    String name(String file);

    /// Whether a path or a folder on it is hidden, or is what macOS adds to its zips.
    static boolean isHidden(String path) {
        return path.startsWith(".") || path.contains("/.") || path.startsWith("__MACOSX/");
    }
}
