package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.data.set.Wrapped;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Preprocessing;
import dev.striate.target.Target;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.classify.Classifier;
import dev.striate.vision.train.Limits.BadPictures;
import dev.striate.vision.tasks.Tasks;
import dev.striate.weights.SafeTensors;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run does when something goes wrong: one sentence, and the last good checkpoint stays.
@Tag("native")
class MishapsTest {
    @TempDir
    private Path folder;
    private Path data;
    private Splits splits;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void makePictures() throws IOException {
        data = Sample.pictures(folder.resolve("data"), 12);
        splits = Sample.open(data);
    }

    @Test
    void aNanPlantedInALayerStopsTheNextStepAndNamesTheFirstLayer() {
        train(run().withLimits(Limits.NONE.withSeconds(1e-6)), splits);
        var last = Checkpoint.latest(folder.resolve("run"), warnings::add).orElseThrow();
        var planted = new LinkedHashMap<>(last.parameters());
        planted.put("conv2.weight", nan());
        new Checkpoint(last.place(), planted, last.optimizer()).write(folder.resolve("run"));
        assertThatThrownBy(() -> train(run(), splits)).isInstanceOf(StriateException.class).hasMessageContaining(
                "is not finite at step 2: the first layer whose output is not is 'conv2'");
    }

    @Test
    void aNanInTheWeightsToBeginWithIsNamedBeforeTheFirstStep() {
        var file = folder.resolve("planted.safetensors");
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("conv2.weight", nan());
        new SafeTensors(new LinkedHashMap<>(), tensors).write(file);
        assertThatThrownBy(() -> train(run().withStart(file), splits)).isInstanceOf(StriateException.class)
                .hasMessageContaining("not finite after 0 steps; the first that is not is 'conv2.weight'");
    }

    private static TensorData nan() {
        var values = new float[8 * 8 * 9];
        values[17] = Float.NaN;
        return TensorData.of(List.of(8, 8, 3, 3), values);
    }

    @Test
    void aRateThatIsFarTooLargeEndsTheRunAndLeavesAFiniteCheckpoint() {
        var run = run();
        var wild = run.withRecipe(run.recipe().withDescent(run.recipe().descent().withRate(1e25)));
        var place = folder.resolve("run");
        assertThatThrownBy(() -> train(wild, splits)).isInstanceOf(StriateException.class)
                .hasMessageContaining("finite");
        var checkpoint = Checkpoint.latest(place, warnings::add).orElseThrow();
        checkpoint.parameters().forEach((name, tensor) -> {
            for (var value : tensor.floats()) assertThat(value).as(name).isFinite();
        });
    }

    @Test
    void aCorruptPictureIsNamed() throws IOException {
        var corrupt = corrupt();
        assertThatThrownBy(() -> train(run(), splits)).isInstanceOf(StriateException.class)
                .hasMessageContaining(corrupt.toString()).hasMessageContaining("cut off");
    }

    @Test
    void aCorruptPictureCanBeLeftOutAndIsListed() throws IOException {
        var corrupt = corrupt();
        var run = run();
        var outcome = train(run.withLimits(run.limits().withBadPictures(BadPictures.SKIP)), splits);
        assertThat(outcome.complete()).isTrue();
        assertThat(warnings).singleElement().asString().startsWith("1 of 24 pictures for training cannot be read");
        assertThat(Files.readString(folder.resolve("run").resolve("bad-pictures.txt"))).contains(corrupt.toString());
    }

    @Test
    void aLabelOutsideTheClassesIsNamedBeforeTheFirstStep() {
        var wrong = new Splits("wrong", new Altered(splits.train(), 7, 2), Optional.empty(), splits.test(), true);
        assertThatThrownBy(() -> train(run(), wrong)).isInstanceOf(StriateException.class)
                .hasMessageContaining("from 0 to 1").hasMessageContaining(splits.train().name(7))
                .hasMessageEndingWith("has the label 2.");
    }

    @Test
    void aFailingLoaderThreadEndsTheRunWithASentence() {
        var failing = new Splits("failing", new Altered(splits.train(), 5, -1), Optional.empty(), splits.test(), true);
        assertThatThrownBy(() -> train(run(), failing)).isInstanceOf(StriateException.class)
                .hasMessageContaining("A thread that prepares pictures failed");
    }

    /// A limit on the size of files makes writes fail half way, as a full disk does.
    @Test
    @Tag("slow")
    void aFullDiskIsToldAndTheLastCheckpointStays() throws Exception {
        var shell = Path.of("/bin/bash");
        assumeThat(shell).as("a shell that can limit the size of files").exists();
        var place = folder.resolve("run");
        var stopping = new Training[1];
        stopping[0] = Tasks.training(run(), splits, place, Device.CPU, event -> {
            if (event instanceof Event.Saved) stopping[0].stop();
        });
        stopping[0].run();
        var file = place.resolve("checkpoint.safetensors");
        var before = Files.readAllBytes(file);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(shell.toString(), "-c", "ulimit -f $0; exec \"$@\"",
                Integer.toString(before.length / 2 / 1024), java, "--enable-native-access=ALL-UNNAMED",
                "-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"), Victim.class.getName(),
                data.toString(), place.toString(), "2").redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotZero();
        assertThat(output).contains("checkpoint.safetensors.new could not be written: File too large");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Checkpoint.latest(place, warnings::add)).isPresent();
        assertThat(warnings).isEmpty();
    }

    @Test
    void tooLargeABatchIsRefusedWithTheOneThatFits() {
        var network = Zoo.entry("resnet20").network();
        var run = new Run(new Task.Classification(List.of()), network, Preprocessing.plain(network.input(),
                new Preprocessing.Stretch()), "", 0,
                Sample.recipe(1).withPace(Sample.recipe(1).pace().withBatch(1024)), false, Limits.NONE, Transfer.NONE);
        var free = Memory.needed(run, 256) + 1;
        assertThatThrownBy(() -> Memory.check(run, free)).isInstanceOf(StriateException.class)
                .hasMessageContaining("batches of 256 fit (8 of them accumulated make the same step)");
        assertThat(Memory.fittingBatch(run, Memory.needed(run, 1) - 1)).isZero();
    }

    @Test
    void aJpegDamagedInItsMiddleIsNamed() throws IOException {
        var damaged = damaged();
        assertThatThrownBy(() -> train(run(), splits)).isInstanceOf(StriateException.class)
                .hasMessageContaining(damaged.toString()).hasMessageContaining("is damaged: Corrupt JPEG data");
    }

    @Test
    void aJpegDamagedInItsMiddleCanBeLeftOutAndIsListed() throws IOException {
        var damaged = damaged();
        var run = run();
        assertThat(train(run.withLimits(run.limits().withBadPictures(BadPictures.SKIP)), splits).complete()).isTrue();
        assertThat(Files.readString(folder.resolve("run").resolve("bad-pictures.txt"))).contains(damaged.toString());
    }

    @Test
    void aDiskThatIsFullIsToldAndTheLastCheckpointStays() throws Exception {
        var place = Files.createDirectories(folder.resolve("small"));
        assumeThat(ran("mount", "-t", "tmpfs", "-o", "size=1m", "small", place.toString()))
                .as("may not mount a small disk").isTrue();
        try {
            var training = new Training[1];
            training[0] = Tasks.training(unhurried(), splits, place, Device.CPU, event -> {
                if (event instanceof Event.Saved) training[0].stop();
            });
            training[0].run();
            var before = Files.readAllBytes(place.resolve("checkpoint.safetensors"));
            var filler = Files.newOutputStream(place.resolve("filler"));
            assertThatThrownBy(() -> filler.write(new byte[2 << 20])).hasMessageContaining("No space left");
            assertThatThrownBy(
                    () -> Tasks.training(unhurried(), splits, place, Device.CPU, Event.Listener.none()).run())
                    .isInstanceOf(StriateException.class).hasMessageContaining(place.toString())
                    .hasMessageContaining("no space is left");
            assertThat(Files.readAllBytes(place.resolve("checkpoint.safetensors"))).isEqualTo(before);
            filler.close();
            Files.delete(place.resolve("filler"));
            assertThat(Checkpoint.latest(place, warnings::add)).isPresent();
            assertThat(warnings).isEmpty();
        } finally {
            // Lazily: what was read from it stays mapped until it is collected.
            ran("umount", "--lazy", place.toString());
        }
    }

    @Test
    void patienceEndsARunAndKeepsTheBestModel() {
        var run = Sample.run(splits, data, 50);
        var still = run.withRecipe(run.recipe().withDescent(run.recipe().descent().withRate(1e-12)));
        var patient = train(still.withLimits(Limits.NONE.withPatience(2)), splits);
        assertThat(patient.epochs()).isEqualTo(3);
        assertThat(patient.ending()).isEqualTo(Outcome.Ending.PATIENCE);
        assertThat(patient.complete()).isTrue();
        try (var best = Classifier.open(patient.model(), Device.CPU, Inference.Engine.TORCH)) {
            assertThat(best.evaluate(splits.test()).accuracy()).isEqualTo(patient.best().validation().get("accuracy"));
        }
    }

    @Test
    void aTimeBudgetStopsAtAStepAndTheResumedRunEndsAsAWholeOne() {
        var hasty = train(run().withLimits(Limits.NONE.withSeconds(1e-6)), splits);
        assertThat(hasty.ending()).isEqualTo(Outcome.Ending.TIME);
        assertThat(hasty.steps()).isEqualTo(1);
        var resumed = train(run(), splits);
        assertThat(resumed.ending()).isEqualTo(Outcome.Ending.FINISHED);
        assertThat(resumed.steps()).isEqualTo(6); // two epochs of 24 pictures, 8 to a step
    }

    @Test
    void aRunStoppedInItsFirstEpochClaimsNothing() {
        var outcome = train(run().withLimits(Limits.NONE.withSeconds(1e-6)), splits);
        assertThat(outcome.isMeasured()).isFalse();
        assertThat(outcome.model()).doesNotExist();
        assertThatThrownBy(outcome::last).isInstanceOf(StriateException.class)
                .hasMessageContaining("nothing was measured");
    }

    /// Two stripes of JPEG and noise in its middle: whatever codes that makes, they do not end where the data do.
    private Path damaged() throws IOException {
        var file = data.resolve("train/level/jpeg.jpg");
        var pixels = new byte[64 * 64 * 3];
        for (var i = 0; i < pixels.length; i++) pixels[i] = (byte) (256 * RandomStream.of(8).uniform(i));
        Pictures.write(new Picture(64, 64, 3, pixels), file);
        var bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 400, (byte) 0x55);
        Files.write(file, bytes);
        assertThat(Pictures.read(file).width()).as("OpenCV decodes it all the same").isEqualTo(64);
        Files.delete(data.resolve("train/level/0.png"));
        splits = Sample.open(data);
        return file;
    }

    private static boolean ran(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private Run unhurried() {
        return run().withLimits(Limits.NONE.withCheckpointSeconds(0));
    }

    private Path corrupt() throws IOException {
        var file = data.resolve("train/level/3.png");
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        splits = Sample.open(data);
        return file;
    }

    private Run run() {
        return Sample.run(Sample.open(data), data, 2);
    }

    private Outcome train(Run run, Splits pictures) {
        return Tasks.training(run.withLimits(run.limits().withCheckpointSeconds(0)), pictures, folder.resolve("run"),
                Device.CPU, event -> {
                    if (event instanceof Event.Warned(var message)) warnings.add(message);
                }).run();
    }

    /// A set one of whose pictures has another label, or (−1) is more than a thread can bear.
    private record Altered(DataSet whole, int at, int label) implements Wrapped {
        @Override
        public Target target(int index) {
            return index == at && label >= 0 ? new Target.Label(label) : whole.target(index);
        }

        @Override
        public Picture picture(int index) {
            if (index == at && label < 0) throw new StackOverflowError();
            return whole.picture(index);
        }
    }
}
