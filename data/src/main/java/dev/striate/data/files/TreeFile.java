package dev.striate.data.files;

import java.nio.file.Path;
import java.util.Optional;

/// One of a tree's files.
public record TreeFile(FileTree tree, String path) {
    public byte[] read() {
        return tree.read(path);
    }

    /// Its name without folders.
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Where it lies by itself; nowhere in a zip.
    public Optional<Path> place() {
        return tree.place(path);
    }
}
