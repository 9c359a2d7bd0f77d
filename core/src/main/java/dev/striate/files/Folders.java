package dev.striate.files;

import dev.striate.StriateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// What is done with whole folders.
public final class Folders {
    private Folders() {}

    /// Makes a folder, and those that it lies in; one that exists stays as it is.
    public static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw StriateException.file("The folder " + folder + " could not be made: "
                    + FileErrors.whyNotWritten(folder, e) + ".", e);
        }
    }

    /// Makes a new folder where the system keeps what is soon removed.
    public static Path temporary(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            var place = Path.of(System.getProperty("java.io.tmpdir"));
            throw StriateException.file("A folder for files of a short life could not be made in " + place + ": "
                    + FileErrors.whyNotWritten(place, e) + ".", e);
        }
    }

    /// Removes a folder and all that it holds; of a link, the link. A folder that is not there is as good as removed.
    public static void remove(Path folder) {
        if (!Files.exists(folder)) return;
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw notRemoved(folder, e);
        } catch (UncheckedIOException e) {
            throw notRemoved(folder, e.getCause());
        }
    }

    private static StriateException notRemoved(Path folder, IOException failure) {
        return StriateException.file("The folder " + folder + " could not be removed: "
                + FileErrors.whyNotWritten(folder, failure) + ".", failure);
    }
}
