package dev.striate.data.files;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A zip, read in place; it stays open as long as something refers to it.
record ZipTree(Path path, ZipFile zip, List<String> files, List<String> emptyFolders) implements FileTree {
    private static final int MOST_BYTES = 1 << 29;

    static ZipTree of(Path path) {
        try {
            var zip = new ZipFile(path.toFile());
            var visible = zip.stream().filter(entry -> !FileTree.isHidden(entry.getName())).toList();
            var files = visible.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).sorted()
                    .toList();
            var empty = visible.stream().filter(ZipEntry::isDirectory).map(ZipEntry::getName)
                    .filter(folder -> !startsOne(files, folder)).map(folder -> folder.substring(0, folder.length() - 1))
                    .sorted().toList();
            return new ZipTree(path, zip, files, empty);
        } catch (IOException e) {
            throw StriateException.file("A zip of pictures was expected; " + path + " cannot be read: "
                    + FileErrors.whyNotRead(path, e) + ".", e);
        }
    }

    /// Whether one of the sorted files lies in `folder`, which ends in `/`.
    private static boolean startsOne(List<String> files, String folder) {
        var place = Collections.binarySearch(files, folder);
        var next = place < 0 ? -place - 1 : place;
        return next < files.size() && files.get(next).startsWith(folder);
    }

    @Override
    public byte[] read(String file) {
        try (var in = open(file)) {
            var bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) return bytes;
            throw StriateException.file("A picture file of at most " + (MOST_BYTES >> 20) + " MiB was expected; "
                    + name(file) + " is larger.");
        } catch (IOException e) {
            throw StriateException.file("A picture was expected; " + name(file) + " cannot be read: " + e.getMessage()
                    + ".", e);
        }
    }

    @Override
    public String name(String file) {
        return path + "#" + file;
    }

    @Override
    public InputStream open(String file) throws IOException {
        var entry = zip.getEntry(file);
        if (entry == null) throw new FileNotFoundException("there is no such file in the zip");
        return zip.getInputStream(entry);
    }

    @Override
    public Optional<Path> place(String file) {
        return Optional.empty();
    }
}
