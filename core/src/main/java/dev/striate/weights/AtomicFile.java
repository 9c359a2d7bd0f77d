package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Writes a file beside its target, forces it to the disk and renames it over the target: a reader sees the old file or
/// the new one, never half of it; after a power cut perhaps the old one still, unless [#forceFolder] came after.
public final class AtomicFile {
    private static final int CHUNK = 1 << 28;

    private AtomicFile() {}

    /// What fills the file.
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /// Replaces `target` by this text, in UTF-8.
    public static void write(Path target, String text) {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Replaces `target` by these bytes.
    public static void write(Path target, byte[] bytes) {
        write(target, channel -> writeFully(channel, MemorySegment.ofArray(bytes)));
    }

    /// Replaces `target` by this content; after a failure the target is as it was, and nothing is left beside it.
    public static void write(Path target, Content content) {
        if (Files.isDirectory(target)) {
            throw StriateException.file(target + " could not be written: it is a folder.");
        }
        var beside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (var channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw StriateException.file(target + " could not be written: " + FileErrors.whyNotWritten(target, e) + ".",
                    e);
        } finally {
            if (Files.exists(beside)) remove(beside);
        }
    }

    /// Forces a folder's entries to the disk: until then a power cut may undo a rename. Windows opens no folder, and its
    /// file systems keep their own log.
    public static void forceFolder(Path folder) throws IOException {
        if (File.separatorChar == '\\') return;
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Writes all bytes of a tensor or a header.
    public static void writeFully(FileChannel channel, MemorySegment bytes) throws IOException {
        for (var offset = 0L; offset < bytes.byteSize(); offset += CHUNK) {
            var chunk = bytes.asSlice(offset, Math.min(CHUNK, bytes.byteSize() - offset)).asByteBuffer();
            while (chunk.hasRemaining()) channel.write(chunk);
        }
    }

    private static void remove(Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            throw StriateException.file(beside + " is left of a failed write and could not be removed: "
                    + FileErrors.whyNotWritten(beside, e) + ".", e);
        }
    }
}
