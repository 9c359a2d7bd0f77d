package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Files of pictures, as somebody names them.
public final class PicturePaths {
    private static final String WILD = ".*[*?\\[{].*";

    private PicturePaths() {}

    /// The files that a text names: all pictures in and below a folder, sorted; the files that a pattern fits, as
    /// `photos/*.jpg` or `photos/**.png`, sorted; otherwise the one file, whether it exists or not. Refuses a folder that
    /// holds no picture and a pattern that fits no file.
    public static List<Path> of(String text) {
        var path = path(text);
        if (Files.isDirectory(path)) return below(path);
        return Files.exists(path) || !text.matches(WILD) ? List.of(path) : fitting(text, path);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw StriateException.file("A picture's file was expected; '" + text + "' is no path (" + e.getReason()
                    + ").", e);
        }
    }

    private static List<Path> below(Path folder) {
        var pictures = FileTree.of(folder).files().stream().filter(FileTree::isPicture).map(folder::resolve)
                .toList();
        if (pictures.isEmpty()) {
            throw StriateException.file("Pictures were expected in the folder " + folder + "; it holds none.");
        }
        return pictures;
    }

    private static List<Path> fitting(String text, Path pattern) {
        var names = pattern.getNameCount();
        var fixed = 0;
        while (fixed < names - 1 && !pattern.getName(fixed).toString().matches(WILD)) fixed++;
        var start = start(pattern, fixed);
        var depth = text.contains("**") ? Integer.MAX_VALUE : names - fixed;
        try (var files = Files.isDirectory(start) ? Files.walk(start, depth, FileVisitOption.FOLLOW_LINKS)
                : Stream.<Path>empty()) {
            var matcher = FileSystems.getDefault().getPathMatcher("glob:" + text);
            var found = files.map(file -> fixedName(pattern, start, file))
                    .filter(file -> matcher.matches(file) && Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted().toList();
            if (found.isEmpty()) throw StriateException.file("No file fits the pattern '" + text + "'.");
            return found;
        } catch (PatternSyntaxException e) {
            throw new StriateException("A pattern as in photos/*.jpg was expected; received '" + text + "' ("
                    + e.getDescription() + ").", e);
        } catch (IOException e) {
            throw unreadable(start, e);
        } catch (UncheckedIOException e) {
            throw unreadable(start, e.getCause());
        }
    }

    /// The folder that holds whatever a pattern fits: its path up to the first name with a wildcard.
    private static Path start(Path pattern, int fixed) {
        var root = pattern.getRoot();
        var folder = fixed == 0 ? Path.of("") : pattern.subpath(0, fixed);
        return root == null ? folder.toString().isEmpty() ? Path.of(".") : folder : root.resolve(folder);
    }

    /// `./a.jpg`, found below the working folder, as the pattern has it: `a.jpg`.
    private static Path fixedName(Path pattern, Path start, Path found) {
        return start.equals(Path.of(".")) && !pattern.startsWith(".") ? start.relativize(found) : found;
    }

    private static StriateException unreadable(Path folder, IOException failure) {
        return StriateException.file("The folder " + folder + " cannot be searched for pictures: "
                + FileErrors.whyNotRead(folder, failure) + ".", failure);
    }
}
