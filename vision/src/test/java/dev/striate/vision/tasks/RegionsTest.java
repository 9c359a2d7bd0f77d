package dev.striate.vision.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.detect.Detection;
import dev.striate.graph.Costs;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op.RegionPooling.Method;
import dev.striate.graph.Options;
import dev.striate.graph.Size;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.TrainingLength;
import dev.striate.region.Backbone;
import dev.striate.region.RegionDetector;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.detect.Detector;
import dev.striate.vision.detect.Thresholds;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Memory;
import dev.striate.vision.train.Run;
import dev.striate.vision.train.Training;
import dev.striate.weights.ModelFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A detector with regions is trained, measured, stopped, resumed and opened as any other.
@Tag("native")
class RegionsTest {
    private static final Splits SCENES = DataSets.scenes(
            Scenes.USUAL.withSize(Size.square(32)).withObjects(1, 2).withClasses(3), false, 0, 24, 6);
    private static final Thresholds ALL = new Thresholds(0.05, 0.5);

    @TempDir
    private Path folder;

    @Test
    void trainingAndEvaluationMeasureTheSame() {
        var outcome = training(folder, Event.Listener.none()).run();
        try (var detector = Detector.open(folder)) {
            assertThat(detector.evaluate(SCENES.test()).figures().get("mAP50"))
                    .isCloseTo(outcome.best().validation().get("mAP50"), within(1e-6));
        }
    }

    /// Proposals of selective search are kept in the run's folder.
    @Test
    void fastRcnnTrainsOnProposalsOfSelectiveSearch() {
        var outcome = training(folder, Event.Listener.none(), List.of()).run();
        assertThat(folder).isDirectoryContaining("glob:**proposals-training.safetensors");
        try (var detector = Detector.open(folder)) {
            assertThat(detector.evaluate(SCENES.test()).figures().get("mAP50"))
                    .isCloseTo(outcome.best().validation().get("mAP50"), within(1e-6));
            assertThat(detector.detect(SCENES.test().picture(0), ALL)).isNotEmpty();
        }
    }

    /// A picture more is its maps, 32 regions, and four pictures that are loaded ahead.
    @Test
    void memoryIsPredictedOfPicturesAndOfTheirRegions() {
        var run = run(List.of(8.0, 14.0));
        var detector = RegionDetector.of(run.network());
        var loaded = 4L * 32 * 32 * 3 * Float.BYTES;
        var expected = Costs.of(detector.features()).trainingActivationBytes(1)
                + Costs.of(detector.head()).trainingActivationBytes(32) + loaded;
        assertThat(Memory.needed(run, 2) - Memory.needed(run, 1)).isEqualTo(expected);
    }

    /// Ren et al. 2015, §3.2: what the third step and the fourth share is what the second has learnt.
    @Test
    void fourStepsShareTheirBackbone() {
        var run = run(List.of(8.0, 14.0));
        var outcome = new FourSteps(run, SCENES, folder, Device.CPU, Event.Listener.none()).run();
        assertThat(outcome.best().validation().values()).containsKey("mAP50");
        var second = tensors("2-regions");
        var third = tensors("3-proposals");
        var last = tensors(".");
        for (var shared : List.of("conv1.weight", "bn1.running_mean", "conv2.weight")) {
            assertThat(third.get(shared)).as(shared).isEqualTo(second.get(shared));
            assertThat(last.get(shared)).as(shared).isEqualTo(second.get(shared));
        }
        assertThat(tensors("1-proposals").get("conv1.weight")).isNotEqualTo(second.get("conv1.weight"));
        assertThat(third.get("fc.weight")).isEqualTo(second.get("fc.weight"));
        assertThat(last.get("fc.weight")).isNotEqualTo(third.get("fc.weight"));
        assertThat(last.get("rpn_conv.weight")).isEqualTo(third.get("rpn_conv.weight"));
        assertThat(folder.resolve("3-proposals/metrics.csv")).content().contains("recall300");
    }

    private Map<String, float[]> tensors(String step) {
        return ModelFile.read(folder.resolve(step).resolve("model.safetensors")).tensors().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().floats()));
    }

    @Test
    void bothEnginesFindTheSame() {
        training(folder, Event.Listener.none()).run();
        var picture = SCENES.test().picture(0);
        try (var plan = Detector.open(folder, Device.CPU, Optional.of(Inference.Engine.PLAN));
                var torch = Detector.open(folder, Device.CPU, Optional.of(Inference.Engine.TORCH))) {
            var found = plan.detect(picture, ALL);
            var expected = torch.detect(picture, ALL);
            assertThat(found).hasSameSizeAs(expected).isNotEmpty();
            for (var i = 0; i < found.size(); i++) agree(found.get(i), expected.get(i));
        }
    }

    @Test
    void aStoppedRunEndsWithTheWeightsOfAnUninterruptedOne() {
        var whole = folder.resolve("whole");
        training(whole, Event.Listener.none()).run();
        var parts = folder.resolve("parts");
        var stops = new Training[1];
        stops[0] = training(parts, event -> {
            if (event instanceof Event.EpochEnded) stops[0].stop();
        });
        stops[0].run();
        training(parts, Event.Listener.none()).run();
        var expected = ModelFile.read(whole.resolve("model.safetensors")).tensors();
        var resumed = ModelFile.read(parts.resolve("model.safetensors")).tensors();
        expected.forEach((name, tensor) -> assertThat(resumed.get(name).bytes().toArray(ValueLayout.JAVA_BYTE)).as(name)
                .isEqualTo(tensor.bytes().toArray(ValueLayout.JAVA_BYTE)));
    }

    private static void agree(Detection found, Detection expected) {
        assertThat(found.label()).isEqualTo(expected.label());
        assertThat(found.score()).isCloseTo(expected.score(), within(1e-4));
        assertThat(found.box().left()).isCloseTo(expected.box().left(), within(1e-2));
        assertThat(found.box().bottom()).isCloseTo(expected.box().bottom(), within(1e-2));
    }

    private static Training training(Path folder, Event.Listener listener) {
        return training(folder, listener, List.of(8.0, 14.0));
    }

    private static Training training(Path folder, Event.Listener listener, List<Double> scales) {
        return Tasks.training(run(scales), SCENES, folder, Device.CPU, listener);
    }

    private static Run run(List<Double> scales) {
        var recipe = Recipes.recipe("faster-rcnn-small");
        var pace = recipe.pace().withBatch(6).withLength(TrainingLength.epochs(2));
        var task = Tasks.of(Tasks.suited(SCENES));
        return Run.of(task, task.fitted(network(scales)), SCENES, "scenes", recipe.withPace(pace));
    }

    private static Network network(List<Double> scales) {
        var x = Layer.input(3, 16, 16).at("conv1").conv(8, 3, Options.stride(2), Options.pad(1), Options.noBias())
                .at("bn1").batchNorm().relu().at("conv2").conv(12, 3, Options.stride(2), Options.pad(1)).relu();
        var classifier = x.flatten().at("fc").linear(16).relu().at("last").linear(2).network("tiny");
        return new Backbone(4, 8, Method.ALIGN, scales, scales.isEmpty() ? List.of() : List.of(1.0)).detector(
                classifier,
                classifier.input().withSize(Size.square(32)), 3);
    }
}
