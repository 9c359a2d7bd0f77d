package dev.striate.vision.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.data.set.Wrapped;
import dev.striate.detect.Detection;
import dev.striate.graph.Costs;
import dev.striate.region.RegionDetector;
import dev.striate.target.Target;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.Running;
import dev.striate.vision.detect.Detector;
import dev.striate.vision.detect.Thresholds;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Memory;
import dev.striate.vision.train.Training;
import dev.striate.weights.ModelFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A detector with regions is trained, measured, stopped, resumed and opened as any other.
@Tag("native")
class RegionsTest {
    private static final Splits SCENES = SmallRegions.SCENES;
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
        var run = SmallRegions.run(SmallRegions.SCALES, 2);
        var detector = RegionDetector.of(run.network());
        var loaded = 4L * 32 * 32 * 3 * Float.BYTES;
        var expected = Costs.of(detector.features()).trainingActivationBytes(1)
                + Costs.of(detector.head()).trainingActivationBytes(32) + loaded;
        assertThat(Memory.needed(run, 2) - Memory.needed(run, 1)).isEqualTo(expected);
    }

    /// Ren et al. 2015, §3.2: what the third step and the fourth share is what the second has learnt.
    @Test
    void fourStepsShareTheirBackbone() {
        var run = SmallRegions.run(SmallRegions.SCALES, 2);
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
        assertThat(folder.resolve("1-proposals")).isDirectoryContaining("glob:**proposals-training.safetensors");
    }

    private Map<String, float[]> tensors(String step) {
        return ModelFile.read(folder.resolve(step).resolve("model.safetensors")).tensors().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().floats()));
    }

    @Test
    void bothEnginesFindTheSame() {
        training(folder, Event.Listener.none()).run();
        var picture = SCENES.test().picture(0);
        try (var plan = Detector.open(folder, new Running(Device.CPU, Inference.Engine.PLAN));
                var torch = Detector.open(folder, new Running(Device.CPU, Inference.Engine.TORCH))) {
            var found = plan.detect(picture, ALL);
            var expected = torch.detect(picture, ALL);
            assertThat(found).hasSameSizeAs(expected).isNotEmpty();
            for (var i = 0; i < found.size(); i++) agree(found.get(i), expected.get(i));
        }
    }

    /// At its own size alone a pyramid is the detector; at two sizes it is another that still measures.
    @Test
    void anImagePyramidOfOneScaleFindsTheSame() {
        training(folder, Event.Listener.none()).run();
        var picture = SCENES.test().picture(0);
        for (var engine : Inference.Engine.values()) {
            try (var detector = Detector.open(folder, new Running(Device.CPU, engine))) {
                var found = detector.atScales(List.of(1.0)).detect(picture, ALL);
                var expected = detector.detect(picture, ALL);
                assertThat(found).hasSameSizeAs(expected).isNotEmpty();
                for (var i = 0; i < found.size(); i++) agree(found.get(i), expected.get(i));
                assertThat(detector.evaluate(SCENES.test(), List.of(0.5, 1.0, 2.0)).figures().get("mAP50"))
                        .isBetween(0.0, 1.0);
            }
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

    @Test
    void picturesWithManyObjectsOrNoneOrVeryLongOnesAreAsGoodAsOthers() {
        var unusual = new Splits("unusual", new Unusual(SCENES.train()), Optional.of(new Unusual(SCENES.test())),
                new Unusual(SCENES.test()), true);
        var outcome = Tasks.training(SmallRegions.run(SmallRegions.SCALES, 2), unusual, folder, Device.CPU,
                Event.Listener.none()).run();
        assertThat(outcome.best().training()).allSatisfy((name, value) -> assertThat(value).as(name).isFinite());
        try (var detector = Detector.open(folder)) {
            for (var i = 0; i < Unusual.COUNT; i++) {
                var picture = unusual.test().picture(i);
                assertThat(detector.detect(picture, ALL)).allSatisfy(found -> assertThat(found.box()
                        .clipped(picture.width(), picture.height())).isEqualTo(found.box()));
            }
        }
    }

    /// A set that begins with a picture of 200 objects, one of none, and one 12,000 pixels wide.
    private record Unusual(DataSet whole) implements Wrapped {
        private static final int COUNT = 3;

        @Override
        public Picture picture(int index) {
            return switch (index) {
                case 1 -> Picture.black(32, 32, 3);
                case 2 -> Picture.black(12_000, 40, 3);
                default -> whole.picture(index);
            };
        }

        @Override
        public Target target(int index) {
            return switch (index) {
                case 0 -> new Target.Objects(IntStream.range(0, 200).mapToObj(i -> new Target.LabelledBox(
                        new Box(i % 20, i / 20.0, i % 20 + 10, i / 20.0 + 12), i % 3)).toList());
                case 1 -> new Target.Objects(List.of());
                case 2 -> new Target.Objects(List.of(new Target.LabelledBox(new Box(10, 2, 11_000, 39), 1)));
                default -> whole.target(index);
            };
        }
    }

    private static void agree(Detection found, Detection expected) {
        assertThat(found.label()).isEqualTo(expected.label());
        assertThat(found.score()).isCloseTo(expected.score(), within(1e-4));
        assertThat(found.box().left()).isCloseTo(expected.box().left(), within(1e-2));
        assertThat(found.box().bottom()).isCloseTo(expected.box().bottom(), within(1e-2));
    }

    private static Training training(Path folder, Event.Listener listener) {
        return training(folder, listener, SmallRegions.SCALES);
    }

    private static Training training(Path folder, Event.Listener listener, List<Double> scales) {
        return Tasks.training(SmallRegions.run(scales, 2), SCENES, folder, Device.CPU, listener);
    }
}
