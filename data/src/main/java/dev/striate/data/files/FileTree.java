package dev.striate.data.files;

import dev.striate.StriateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Files below a folder or in a zip, by paths relative to it with `/` between names; hidden ones are left out. Safe to
/// read from many threads at once.
public sealed interface FileTree permits FolderTree, ZipTree {
    Set<String> PICTURES = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "pgm", "ppm", "pnm", "bmp", "webp");

    /// A folder's files or a zip's; refuses what is neither.
    static FileTree of(Path path) {
        if (Files.isDirectory(path)) return FolderTree.of(path);
        if (!Files.exists(path)) {
            throw StriateException.file("A data set was expected at " + path + "; there is no such folder or file.");
        }
        if (path.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) return ZipTree.of(path);
        throw StriateException.file("A data set is a folder or a .zip file; received " + path + ".");
    }

    /// The files' paths, sorted.
    List<String> files();

    /// The paths of folders that hold nothing, sorted.
    List<String> emptyFolders();

    /// Reads one of the files.
    byte[] read(String file);

    /// Opens one of the files to be read piece by piece.
    InputStream open(String file) throws IOException;

    /// What messages call one of the files.
    String name(String file);

    /// Where one of the files lies by itself; nowhere in a zip.
    Optional<Path> place(String file);

    /// The first bytes of a file, `count` at most.
    default byte[] head(String file, int count) {
        try (var in = open(file)) {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw StriateException.file("A file was expected; " + name(file) + " cannot be read: " + e.getMessage()
                    + ".", e);
        }
    }

    /// Whether a path or a folder on it is hidden, or is what macOS adds to its zips.
    static boolean isHidden(String path) {
        return path.startsWith(".") || path.contains("/.") || path.startsWith("__MACOSX/");
    }

    /// Whether a file's name ends as a picture's does.
    static boolean isPicture(String file) {
        return PICTURES.contains(ending(file));
    }

    /// What follows the last dot of a file's name, in small letters; empty where there is none.
    static String ending(String file) {
        return file.substring(stemEnd(file)).replaceFirst("^\\.", "").toLowerCase(Locale.ROOT);
    }

    /// A file's name without its folders and its ending.
    static String stem(String file) {
        return file.substring(file.lastIndexOf('/') + 1, stemEnd(file));
    }

    /// The folder of a file, ending in `/`; empty at the top.
    static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    private static int stemEnd(String file) {
        var dot = file.lastIndexOf('.');
        return dot > file.lastIndexOf('/') ? dot : file.length();
    }
}
