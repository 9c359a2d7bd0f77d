package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    @TempDir
    Path folder;

    /// As runs were written that did not say which outputs are auxiliary.
    @Test
    void readsARunWhoseNetworkDoesNotNameItsAuxiliaryOutputs() throws IOException {
        var data = Sample.pictures(folder.resolve("data"), 3);
        var run = Sample.run(Sample.open(data), data, 2);
        RunFile.write(run, folder);
        var file = folder.resolve("network.json");
        var text = Files.readString(file);
        var old = text.replaceAll(",\\s*\"auxiliary\"\\s*:\\s*\\[\\s*]", "");
        assertThat(old).hasSizeLessThan(text.length());
        Files.writeString(file, old);
        assertThat(Run.read(folder)).isEqualTo(run);
    }
}
