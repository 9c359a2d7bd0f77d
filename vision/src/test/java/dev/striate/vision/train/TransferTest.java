package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.Splits;
import dev.striate.graph.Op;
import dev.striate.recipe.LayerRate;
import dev.striate.recipe.Optimization;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.TrainingLength;
import dev.striate.recipe.WeightDecay;
import dev.striate.torch.Device;
import dev.striate.vision.classify.Classifier;
import dev.striate.vision.classify.Heads;
import dev.striate.vision.features.Features;
import dev.striate.vision.tasks.Tasks;
import dev.striate.weights.ModelFile;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class TransferTest {
    @TempDir
    private Path folder;
    private Path data;
    private Splits splits;

    @BeforeEach
    void makePictures() throws IOException {
        data = Sample.pictures(folder.resolve("data"), 12);
        splits = Sample.open(data);
    }

    @Test
    void aHeadIsTheLastWeightedLayerOfEachOutput() {
        assertThat(Heads.of(Zoo.entry("resnet20").network(), Zoo.entry("resnet20").network().output()))
                .isEqualTo("linear");
        var googlenet = Heads.withClasses(Zoo.entry("googlenet").network(), 7);
        googlenet.outputs().forEach((name, output) -> assertThat(
                googlenet.nodes().get(googlenet.index(Heads.of(googlenet, output))).op()).as(name)
                .isInstanceOfSatisfying(Op.Linear.class, linear -> assertThat(linear.features()).isEqualTo(7)));
    }

    @Test
    void whatIsFrozenKeepsItsValuesAndStatisticsAndTheNewHeadLearns() throws IOException {
        var from = trained();
        var model = ModelFile.read(from);
        var three = threeClasses();
        var run = Tasks.fineTuning(from, three, "", Sample.recipe(2)).withFrozen("(conv|bn)1.*");
        assertThat(run.transfer().fresh()).containsExactly("fc.weight", "fc.bias");
        assertThat(run.transfer().describe(run.network())).contains("fresh are fc.weight, fc.bias")
                .contains("frozen are 3 of 8 parameters: conv1.weight, bn1.weight, bn1.bias");
        var tuned = ModelFile.read(train(run, three, "tuned").model());
        for (var name : List.of("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var")) {
            assertThat(tuned.tensors().get(name).floats()).as(name).isEqualTo(model.tensors().get(name).floats());
        }
        for (var name : List.of("conv2.weight", "bn2.weight", "bn2.running_mean")) {
            assertThat(tuned.tensors().get(name).floats()).as(name).isNotEqualTo(model.tensors().get(name).floats());
        }
        assertThat(tuned.tensors().get("fc.weight").shape()).containsExactly(3, 8);
    }

    @Test
    void oldLayersMoveLessAtASmallerRate() throws IOException {
        var from = trained();
        var three = threeClasses();
        var run = Tasks.fineTuning(from, three, "", Sample.recipe(1));
        assertThat(moved(from, run.withOldRate(0.01), three)).isLessThan(0.1 * moved(from, run, three));
    }

    @Test
    void aLayerOfTwiceTheRateMovesTwiceAsFarInItsFirstStep() throws IOException {
        var from = trained();
        var descent = Optimization.of(Optimizer.sgd(0), 0.05, WeightDecay.NONE);
        var recipe = Sample.recipe(1);
        var step = recipe.withPace(recipe.pace().withLength(TrainingLength.steps(1))).withDescent(descent);
        var run = Tasks.fineTuning(from, splits, "", step);
        var twice = run.withRecipe(step.withDescent(descent.withLayerRates(List.of(LayerRate.of("conv2.*=2")))));
        assertThat(moved(from, twice, splits)).isCloseTo(2 * moved(from, run, splits), withinPercentage(0.01));
    }

    @Test
    void aRunWithRatesOfLayersResumesAsIfItHadNotStopped() {
        var recipe = Sample.recipe(2);
        var rates = List.of(LayerRate.of("conv1.*=0.1"), LayerRate.of(".*bias=2"));
        var run = Sample.run(splits, data, 2)
                .withRecipe(recipe.withDescent(recipe.descent().withLayerRates(rates)));
        var whole = ModelFile.read(train(run, splits, "whole").model());
        train(run.withLimits(Limits.NONE.withSeconds(1e-6)), splits, "stopped");
        var kept = Run.read(folder.resolve("stopped"));
        assertThat(kept.recipe().descent().layerRates()).isEqualTo(rates);
        var resumed = ModelFile.read(train(kept.withLimits(Limits.NONE), splits, "stopped").model());
        whole.tensors().forEach((name, tensor) -> assertThat(resumed.tensors().get(name).floats()).as(name)
                .isEqualTo(tensor.floats()));
    }

    @Test
    void aFineTuningResumesFromItsOwnFolderOnceTheOldModelIsGone() throws IOException {
        var from = trained();
        var three = threeClasses();
        var run = Tasks.fineTuning(from, three, "", Sample.recipe(2));
        var whole = ModelFile.read(train(run, three, "whole").model());
        var stopped = train(run.withLimits(Limits.NONE.withSeconds(1e-6)), three, "stopped");
        assertThat(stopped.steps()).isEqualTo(1);
        Files.delete(from);
        var kept = Run.read(folder.resolve("stopped"));
        var resumed = train(kept.withLimits(Limits.NONE), three, "stopped");
        whole.tensors().forEach((name, tensor) -> assertThat(ModelFile.read(resumed.model()).tensors().get(name)
                .floats()).as(name).isEqualTo(tensor.floats()));
    }

    @Test
    void namesThatFreezeNothingOrEverythingAreRefused() {
        var run = Sample.run(splits, data, 1);
        assertThatThrownBy(() -> run.withFrozen("conv")).isInstanceOf(StriateException.class)
                .hasMessageContaining("'conv' is the name of none").hasMessageContaining("conv1.weight");
        assertThatThrownBy(() -> run.withFrozen(".*")).isInstanceOf(StriateException.class)
                .hasMessageContaining("freezes all 8");
        assertThatThrownBy(() -> run.withFrozen("conv[1")).isInstanceOf(StriateException.class)
                .hasMessageContaining("regular expression");
    }

    @Test
    void thePictureItselfIsItsOwnNearestAndPicturesOfItsClassFollow() throws IOException {
        var model = folder.resolve("model");
        Tasks.training(Sample.run(splits, data, 8), splits, model, Device.CPU, Event.Listener.none()).run();
        List<Path> pictures;
        try (var files = Files.walk(data.resolve("test"))) {
            pictures = files.filter(Files::isRegularFile).sorted().toList();
        }
        var file = folder.resolve("features.safetensors");
        Features.of(model.resolve(Run.MODEL), "relu2", pictures, Device.CPU).write(file);
        var features = Features.read(file);
        assertThat(features.dimensions()).isEqualTo(8 * 6 * 6);
        var nearest = features.nearest(pictures.getFirst(), 5, Device.CPU);
        assertThat(nearest.getFirst().picture()).isEqualTo(pictures.getFirst().toString());
        assertThat(nearest.getFirst().similarity()).isCloseTo(1, within(1e-6));
        assertThat(nearest).allSatisfy(near -> assertThat(near.picture()).contains("level"));
    }

    private double moved(Path from, Run run, Splits pictures) throws IOException {
        var place = Files.createTempDirectory(folder, "moved").getFileName().toString();
        var before = ModelFile.read(from).tensors().get("conv2.weight").floats();
        var after = ModelFile.read(train(run, pictures, place).model()).tensors().get("conv2.weight").floats();
        var sum = 0.0;
        for (var i = 0; i < before.length; i++) sum += Math.abs(after[i] - before[i]);
        return sum;
    }

    private Path trained() {
        return train(Sample.run(splits, data, 2), splits, "old").model();
    }

    private Outcome train(Run run, Splits pictures, String name) {
        return Tasks.training(run, pictures, folder.resolve(name), Device.CPU, Event.Listener.none()).run();
    }

    /// The same pictures with a third class of grey ones.
    private Splits threeClasses() throws IOException {
        for (var part : List.of("train", "test")) {
            var place = Files.createDirectories(data.resolve(part).resolve("plain"));
            var pixels = new byte[Sample.SIDE * Sample.SIDE * 3];
            for (var i = 0; i < 12; i++) {
                Arrays.fill(pixels, (byte) (60 + 10 * i));
                Pictures.write(new Picture(Sample.SIDE, Sample.SIDE, 3, pixels.clone()),
                        place.resolve(i + ".png"));
            }
        }
        return Sample.open(data);
    }
}
