package dev.striate.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.striate.StriateException;
import dev.striate.weights.AtomicFile;
import dev.striate.weights.MappedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every file that cannot be read or written is refused with the reason, and as a failure of a file.
class FileErrorsTest {
    @TempDir
    Path folder;

    @Test
    void saysWhichFolderIsMissing() {
        var target = folder.resolve("no/such/a.onnx");
        thenRefused(() -> AtomicFile.write(target, "text"),
                target + " could not be written: there is no folder " + target.getParent() + ".");
    }

    @Test
    void saysThatAFolderIsNoFile() throws IOException {
        thenRefused(() -> AtomicFile.write(folder, "text"), folder + " could not be written: it is a folder.");
        thenRefused(() -> MappedFile.read(folder), folder + " is a folder; a file is expected.");
        assertThat(Files.list(folder.getParent()).map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void saysThatAFileIsNoFolder() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "text");
        var below = file.resolve("a.onnx");
        thenRefused(() -> AtomicFile.write(below, "text"),
                below + " could not be written: a part of its path is a file.");
        thenRefused(() -> Folders.make(file),
                "The folder " + file + " could not be made: there is a file of that name.");
    }

    @Test
    void saysWhereNothingCanBeMade() {
        var proc = Path.of("/proc/striate");
        assumeTrue(Files.isDirectory(proc.getParent()), "only Linux has /proc");
        thenRefused(() -> Folders.make(proc), "The folder /proc/striate could not be made: nothing can be made there.");
    }

    @Test
    void saysThatTheDiskIsFull() throws IOException {
        var full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "only Linux has /dev/full");
        try (var channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            var failure = catchThrowableOfType(IOException.class, () -> channel.write(ByteBuffer.allocate(1)));
            assertThat(FileErrors.whyNotWritten(full, failure)).isEqualTo("no space is left on the disk");
        }
    }

    @Test
    void saysWhoMayNot() {
        var file = folder.resolve("secret");
        assertThat(FileErrors.whyNotRead(file, new AccessDeniedException(file.toString())))
                .isEqualTo("permission denied");
        assertThat(FileErrors.whyNotRead(folder, new AccessDeniedException(file.toString())))
                .isEqualTo("permission denied at " + file);
    }

    @Test
    void aFailedWriteLeavesTheTargetAsItWas() throws IOException {
        var target = Files.writeString(folder.resolve("kept"), "old");
        thenRefused(() -> AtomicFile.write(target, _ -> {
            throw new IOException("No space left on device");
        }), target + " could not be written: no space is left on the disk.");
        assertThat(target).content().isEqualTo("old");
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void aFolderIsRemovedWithAllThatItHolds() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("c"), "text");
        Folders.remove(folder.resolve("a"));
        Folders.remove(folder.resolve("a"));
        assertThat(folder).isEmptyDirectory();
    }

    private static void thenRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String sentence) {
        var failure = catchThrowableOfType(StriateException.class, action);
        assertThat(failure).hasMessage(sentence);
        assertThat(failure.kind()).isEqualTo(StriateException.Kind.FILE);
    }
}
