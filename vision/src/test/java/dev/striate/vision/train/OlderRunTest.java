package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.set.DataSets;
import dev.striate.recipe.Loss;
import dev.striate.recipe.Objective;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.classify.Classifier;
import dev.striate.vision.tasks.Tasks;
import dev.striate.weights.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run of the version before tasks: four epochs of twelve steps on `digits`, stopped after step 31.
@Tag("native")
class OlderRunTest {
    private static final String[] FILES = { "run.json", "checkpoint.safetensors", "model.safetensors", "metrics.csv" };

    @TempDir
    Path folder;

    @BeforeEach
    void copies() throws IOException {
        for (var name : FILES) {
            try (var file = OlderRunTest.class.getResourceAsStream("/older-run/" + name)) {
                Files.copy(file, folder.resolve(name));
            }
        }
    }

    @Test
    void itsSettingsAreRead() {
        var run = Run.read(folder);
        assertThat(run.task()).isEqualTo(new Task.Classification(
                IntStream.range(0, 10).mapToObj(String::valueOf).toList()));
        assertThat(run.recipe().objective()).isEqualTo(new Objective.Classes(Loss.crossEntropy(), 0.3));
        assertThat(run.network().name()).isEqualTo("tiny");
        assertThat(run.limit()).isEqualTo(96);
    }

    @Test
    void itGoesOnWithWhatItHadMeasured() throws IOException {
        var before = Files.readAllLines(folder.resolve("metrics.csv"));
        var run = Run.read(folder);
        var outcome = Tasks.training(run, DataSets.open(run.data()), folder, Device.CPU, Event.Listener.none()).run();
        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FINISHED);
        assertThat(outcome.steps()).isEqualTo(48);
        assertThat(Files.readAllLines(folder.resolve("metrics.csv"))).hasSize(5)
                .containsAll(before.subList(1, before.size()));
        // As the version before wrote its second epoch.
        assertThat(outcome.history().get(1).training().get("loss")).isEqualTo(2.32770844300588);
        assertThat(outcome.history().get(1).validation().get("accuracy")).isEqualTo(0.16666666666666666);
        // And from now on in today's form.
        assertThat(Run.read(folder)).isEqualTo(run);
        assertThat(folder.resolve("network.json")).exists();
    }

    @Test
    void itsModelAnswers() {
        var file = folder.resolve("model.safetensors");
        assertThat(ModelFile.read(file).task().labels()).hasSize(10);
        try (var classifier = Classifier.open(file)) {
            assertThat(classifier.evaluate(DataSets.open("digits").limit(96).test()).pictures()).isEqualTo(96);
            assertThat(classifier.recipeViews()).isNotNull();
        }
    }
}
