package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The right to train in a folder, which one training has at a time. The operating system takes it away from a process
/// that ends, however it ends.
final class FolderClaim implements AutoCloseable {
    private static final String FILE = "in-use.lock";

    private final Path folder;
    private final FileChannel channel;
    private boolean kept;

    private FolderClaim(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
        kept = hasFiles(folder);
    }

    /// Makes the folder where there is none; refuses one in which another training is at work.
    static FolderClaim of(Path folder) {
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) return new FolderClaim(folder, channel);
            throw inUse(folder);
        } catch (OverlappingFileLockException _) {
            throw inUse(folder);
        } catch (IOException e) {
            throw StriateException.file("A folder for a run was expected at " + folder + ", but could not be made: "
                    + FileErrors.whyNotWritten(folder, e) + ".", e);
        }
    }

    private static StriateException inUse(Path folder) {
        return StriateException.file("A folder in which no other training is at work was expected; received " + folder
                + ", where one is.");
    }

    private static boolean hasFiles(Path folder) {
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> !file.getFileName().toString().equals(FILE));
        } catch (IOException _) {
            return true;
        }
    }

    /// From here on the folder holds something.
    void keep() {
        kept = true;
    }

    /// Lets others train here; a folder in which nothing was kept goes.
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(folder.resolve(FILE));
            if (!kept) Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException _) {
            // Somebody else's files came in the meantime.
        } catch (IOException _) {
            // What is left is an empty folder or an empty file that nobody holds.
        }
    }
}
