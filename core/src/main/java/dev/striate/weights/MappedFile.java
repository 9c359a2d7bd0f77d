package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Maps whole files into memory, read-only; a map lives as long as something refers to it.
public final class MappedFile {
    private MappedFile() {}

    /// The bytes of a file; refuses one that cannot be read.
    public static MemorySegment read(Path file) {
        if (Files.isDirectory(file)) throw StriateException.file(file + " is a folder; a file is expected.");
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        } catch (NoSuchFileException e) {
            throw StriateException.file(file + " does not exist.", e);
        } catch (IOException e) {
            throw StriateException.file(file + " could not be read: " + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }
}
