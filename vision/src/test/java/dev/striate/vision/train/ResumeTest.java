package dev.striate.vision.train;

import static dev.striate.vision.train.Interrupted.assertSame;
import static dev.striate.vision.train.Interrupted.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.set.Splits;
import dev.striate.recipe.InputSizes;
import dev.striate.recipe.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class ResumeTest {
    private static final int EPOCHS = 20;
    private static final String CHECKPOINT = "checkpoint.safetensors";

    @TempDir
    private static Path folder;
    private static Path data;
    private static Splits splits;
    private static Map<String, byte[]> uninterrupted;

    @BeforeAll
    static void trainOnceWithoutInterruption() throws IOException {
        data = Sample.pictures(folder.resolve("data"), 19);
        splits = Sample.open(data);
        uninterrupted = train("whole", Sample.run(splits, data, EPOCHS), List.of());
    }

    @Test
    void stoppedAndResumedAtRandomStepsItEndsWithTheSameWeights() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var round = 0; round < 3; round++) {
            var stops = new ArrayList<Integer>();
            for (var i = 0; i < 4; i++) stops.add(1 + random.nextInt(9));
            var weights = train("stopped" + round, Sample.run(splits, data, EPOCHS), stops);
            assertSame(weights, uninterrupted, "stops after " + stops + " steps each, seed " + seed);
        }
    }

    @Test
    @Tag("slow")
    void killedAtRandomMomentsItEndsWithTheSameWeights() throws Exception {
        thenKillsChangeNothing("killed often", 5);
    }

    private static void thenKillsChangeNothing(String name, int times) throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var run = folder.resolve(name);
        for (var kill = 0; kill < times; kill++) {
            assertThat(killed(run, 1 + random.nextInt(4), random.nextInt(8)))
                    .as("kill %d comes before the run's end; seed %s", kill, seed).isTrue();
        }
        assertThat(victim(run).waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertSame(state(run), uninterrupted, "seed " + seed);
        try (var files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(file -> file.endsWith(".part"));
        }
    }

    @Test
    void twoRunsWithOneSeedAreEqualAndWithAnotherAreNot() {
        var run = Sample.run(splits, data, EPOCHS);
        assertSame(train("again", run, List.of()), uninterrupted, "the same seed");
        var other = train("other", run.withRecipe(run.recipe().withSeed(4)), List.of());
        assertThat(other.get("conv1.weight")).isNotEqualTo(uninterrupted.get("conv1.weight"));
    }

    @Test
    void stoppedInBf16ItEndsWithTheSameWeights() {
        var run = Sample.run(splits, data, 2);
        var mixed = run.withRecipe(run.recipe().withPrecision(Precision.BF16_MIXED));
        var whole = train("bf16", mixed, List.of());
        assertSame(train("bf16 stopped", mixed, List.of(3, 2)), whole, "in bf16");
        assertThat(whole.get("conv1.weight")).isNotEqualTo(train("float32", run, List.of()).get("conv1.weight"));
    }

    /// Its global pooling lets a classifier see all sizes.
    @Test
    void stoppedAmongSeveralSizesItEndsWithTheSameWeights() {
        var run = Sample.run(splits, data, 2);
        var sizes = new InputSizes.Random(8, 24, 4, 2);
        var sized = run.withRecipe(run.recipe().withPace(run.recipe().pace().withSizes(sizes)));
        var whole = train("sizes", sized, List.of());
        assertSame(train("sizes stopped", sized, List.of(3, 2)), whole, "at several sizes");
        assertThat(whole.get("conv1.weight")).isNotEqualTo(train("own size", run, List.of()).get("conv1.weight"));
    }

    @Test
    void aCheckpointCutInHalfIsToldAndTheOneBeforeUsed() throws IOException {
        var place = folder.resolve("halved");
        train("halved", Sample.run(splits, data, EPOCHS), List.of(8), 1);
        var last = Checkpoint.latest(place, _ -> {}).orElseThrow().place().step();
        var bytes = Files.readAllBytes(place.resolve(CHECKPOINT));
        Files.write(place.resolve(CHECKPOINT), Arrays.copyOf(bytes, bytes.length / 2));
        var warnings = new ArrayList<String>();
        assertThat(Checkpoint.latest(place, warnings::add).orElseThrow().place().step()).isLessThan(last);
        assertThat(warnings).singleElement().asString().contains(CHECKPOINT).contains("previous");
        assertSame(train("halved", Sample.run(splits, data, EPOCHS), List.of()), uninterrupted, "from the one before");
    }

    @Test
    void aCheckpointWithOneWrongBitIsTold() throws IOException {
        var place = folder.resolve("flipped");
        train("flipped", Sample.run(splits, data, EPOCHS), List.of(9), 1);
        var bytes = Files.readAllBytes(place.resolve(CHECKPOINT));
        bytes[bytes.length - 100] ^= 4;
        Files.write(place.resolve(CHECKPOINT), bytes);
        var warnings = new ArrayList<String>();
        Checkpoint.latest(place, warnings::add);
        assertThat(warnings).singleElement().asString().contains("checksum");
    }

    /// The three steps of a write: the new file is there, the old one is moved away, the new one is renamed.
    @Test
    void aKillBetweenTheRenamesLeavesAUsableCheckpoint() throws IOException {
        var place = folder.resolve("renames");
        train("renames", Sample.run(splits, data, EPOCHS), List.of(9), 1);
        var newest = place.resolve(CHECKPOINT + ".new");
        Files.copy(place.resolve(CHECKPOINT), newest);
        assertSame(resumedCopy(place, "all three"), uninterrupted, "before the first rename");
        Files.move(place.resolve(CHECKPOINT), place.resolve("checkpoint.previous.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        assertSame(resumedCopy(place, "two"), uninterrupted, "between the renames");
    }

    @Test
    void aFolderWithAnotherRunIsRefused() {
        train("mine", Sample.run(splits, data, EPOCHS), List.of(3), 1);
        var run = Sample.run(splits, data, EPOCHS);
        var other = run.withRecipe(run.recipe().withSeed(9));
        assertThatThrownBy(() -> train("mine", other, List.of())).isInstanceOf(StriateException.class)
                .hasMessageContaining("recipe.start.seed is 3 there and 9 here");
    }

    private static Map<String, byte[]> resumedCopy(Path place, String name) throws IOException {
        var copy = Files.createDirectories(folder.resolve(name));
        try (var files = Files.list(place)) {
            for (var file : files.toList()) Files.copy(file, copy.resolve(file.getFileName()));
        }
        return train(name, Sample.run(splits, data, EPOCHS), List.of());
    }

    /// Trains in a folder, stopping after so many steps each time, and then to the end.
    private static Map<String, byte[]> train(String name, Run run, List<Integer> stops) {
        return train(name, run, stops, stops.size() + 1);
    }

    private static Map<String, byte[]> train(String name, Run run, List<Integer> stops, int times) {
        var place = folder.resolve(name);
        for (var time = 0; time < times; time++) {
            Interrupted.train(run, splits, place, time < stops.size() ? stops.get(time) : Integer.MAX_VALUE);
        }
        return state(place);
    }

    private static Process victim(Path run) throws IOException {
        return Interrupted.process(Victim.class, data.toString(), run.toString(), Integer.toString(EPOCHS));
    }

    /// Starts the run, lets it write a few checkpoints, and kills it a moment later; false where it ended first.
    private static boolean killed(Path run, int checkpoints, int millis) throws Exception {
        return Interrupted.killed(victim(run), run, checkpoints, millis);
    }
}
