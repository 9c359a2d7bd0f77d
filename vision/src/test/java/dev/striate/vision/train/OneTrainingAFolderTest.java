package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.set.Splits;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two trainings never work in one folder, and a training that is refused leaves none.
@Tag("native")
class OneTrainingAFolderTest {
    private static final int MANY_EPOCHS = 2000;

    @TempDir
    Path folder;
    private Path data;
    private Splits splits;

    @BeforeEach
    void pictures() throws IOException {
        data = Sample.pictures(folder.resolve("data"), 8);
        splits = Sample.open(data);
    }

    @Test
    void aSecondTrainingOfThisProcessIsRefusedUntilTheFirstIsDone() {
        var run = folder.resolve("run");
        try (var _ = FolderClaim.of(run)) {
            thenRefused(run);
        }
        assertThat(train(run, 1).complete()).isTrue();
    }

    @Test
    @Tag("slow")
    void aSecondProcessIsRefusedUntilTheFirstIsKilled() throws Exception {
        var run = folder.resolve("run");
        var other = other(run);
        try {
            while (!Files.exists(run.resolve("checkpoint.safetensors")) && other.isAlive()) Thread.sleep(20);
            assertThat(other.isAlive()).isTrue();
            thenRefused(run);
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (var claim = FolderClaim.of(run)) {
            assertThat(claim).isNotNull();
        }
    }

    @Test
    void aRefusedTrainingLeavesNoFolder() {
        var run = folder.resolve("run");
        var large = Sample.run(splits, data, 1);
        var tooLarge = large.withRecipe(large.recipe().withPace(large.recipe().pace().withBatch(1000)));
        assertThatThrownBy(() -> Tasks.training(tooLarge, splits, run, Device.CPU, Event.Listener.none()).run())
                .isInstanceOf(StriateException.class).hasMessageContaining("expects at least as many for training");
        assertThat(run).doesNotExist();
    }

    @Test
    void aRefusedTrainingLeavesAFolderThatHeldSomethingAsItWas() throws IOException {
        var run = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(run.resolve("notes.txt"), "mine");
        var large = Sample.run(splits, data, 1);
        var tooLarge = large.withRecipe(large.recipe().withPace(large.recipe().pace().withBatch(1000)));
        assertThatThrownBy(() -> Tasks.training(tooLarge, splits, run, Device.CPU, Event.Listener.none()).run())
                .isInstanceOf(StriateException.class);
        try (var files = Files.list(run)) {
            assertThat(files).containsExactly(run.resolve("notes.txt"));
        }
    }

    private Outcome train(Path run, int epochs) {
        return Tasks.training(Sample.run(splits, data, epochs), splits, run, Device.CPU, Event.Listener.none()).run();
    }

    private void thenRefused(Path run) {
        assertThatThrownBy(() -> train(run, 1)).isInstanceOf(StriateException.class)
                .hasMessage("A folder in which no other training is at work was expected; received " + run
                        + ", where one is.");
    }

    private Process other(Path run) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Victim.class.getName(), data.toString(), run.toString(),
                Integer.toString(MANY_EPOCHS)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
