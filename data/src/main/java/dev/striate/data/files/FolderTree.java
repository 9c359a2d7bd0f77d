package dev.striate.data.files;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A folder on disk.
record FolderTree(Path root, List<String> files, List<String> emptyFolders) implements FileTree {
    static FolderTree of(Path root) {
        var files = new ArrayList<String>();
        var empty = new ArrayList<String>();
        try (var walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            walk.forEach(path -> {
                var relative = root.relativize(path).toString().replace(File.separatorChar, '/');
                if (FileTree.isHidden(relative)) return;
                if (Files.isRegularFile(path)) files.add(relative);
                else if (Files.isDirectory(path) && isEmpty(path)) empty.add(relative);
            });
        } catch (IOException e) {
            throw unreadable(root, e);
        } catch (UncheckedIOException e) {
            throw unreadable(root, e.getCause());
        }
        return new FolderTree(root, files.stream().sorted().toList(), empty.stream().sorted().toList());
    }

    private static StriateException unreadable(Path root, IOException failure) {
        return StriateException.file("A folder of pictures was expected; " + root + " cannot be read: "
                + FileErrors.whyNotRead(root, failure) + ".", failure);
    }

    private static boolean isEmpty(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] read(String file) {
        try {
            return Files.readAllBytes(root.resolve(file));
        } catch (IOException e) {
            throw StriateException.file("A picture was expected at " + name(file) + "; it cannot be read: "
                    + FileErrors.whyNotRead(root.resolve(file), e) + ".", e);
        }
    }

    @Override
    public String name(String file) {
        return root.resolve(file).toString();
    }

    @Override
    public InputStream open(String file) throws IOException {
        return Files.newInputStream(root.resolve(file));
    }

    @Override
    public Optional<Path> place(String file) {
        return Optional.of(root.resolve(file));
    }
}
