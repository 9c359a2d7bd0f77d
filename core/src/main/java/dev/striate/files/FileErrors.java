package dev.striate.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Why the file system refused, as the end of a sentence: "permission denied", "there is no folder runs".
public final class FileErrors {
    /// What POSIX systems say, in words that need no system's knowledge.
    private static final Map<String, String> PLAINER = Map.of(
            "Is a directory", "it is a folder",
            "Not a directory", "a part of its path is a file",
            "No space left on device", "no space is left on the disk",
            "Disk quota exceeded", "the quota of the disk is used up",
            "Read-only file system", "the disk is read-only",
            "File name too long", "its name is too long",
            "Permission denied", "permission denied",
            "Operation not permitted", "permission denied",
            "Too many open files", "too many files are open");

    private FileErrors() {}

    /// Why a file or folder could not be read.
    public static String whyNotRead(Path place, IOException failure) {
        return failure instanceof AccessDeniedException denied && denied.getFile() != null
                && !denied.getFile().equals(place.toString()) ? "permission denied at " + denied.getFile()
                        : why(place, failure, "there is no such file");
    }

    /// Why a file or folder could not be written, made or removed.
    public static String whyNotWritten(Path place, IOException failure) {
        return why(place, failure, "nothing can be made there");
    }

    private static String why(Path place, IOException failure, String missing) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "there is a file of that name";
            case NoSuchFileException _ -> missingFolder(place).map(folder -> "there is no folder " + folder)
                    .orElse(missing);
            case DirectoryNotEmptyException _ -> "it is not empty";
            case NotDirectoryException _ -> "it is no folder";
            case FileSystemLoopException _ -> "a link in it leads back to where it lies";
            case FileSystemException told ->
                plainer(Objects.requireNonNullElse(told.getReason(), "the file system refuses it"));
            default -> plainer(Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName()));
        };
    }

    /// The folder in which a place would lie, if it does not exist.
    private static Optional<Path> missingFolder(Path place) {
        return Optional.ofNullable(place.getParent()).filter(folder -> !Files.isDirectory(folder));
    }

    private static String plainer(String reason) {
        return PLAINER.getOrDefault(reason, reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason);
    }
}
