package dev.striate.vision.train;

import static dev.striate.vision.train.Interrupted.assertSame;
import static dev.striate.vision.train.Interrupted.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Size;
import dev.striate.recipe.InputSizes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A detector with everything on that draws: sizes of input, mosaics, augmentations.
@Tag("native")
class DetectorResumeTest {
    private static final int STEPS = 27;

    @TempDir
    private static Path folder;
    private static Map<String, byte[]> uninterrupted;

    @BeforeAll
    static void trainOnceWithoutInterruption() {
        uninterrupted = trained("whole", SmallDetector.run(), List.of());
    }

    /// Stops in the middle of an epoch and of the two steps of one size.
    @Test
    void stoppedInTheMiddleOfAnEpochItEndsWithTheSameWeights() {
        var sizes = LongStream.range(0, STEPS).mapToObj(step -> SmallDetector.SIZES.at(step, 3, Size.square(48)));
        assertThat(sizes.distinct()).as("sizes of the run").hasSize(3);
        assertSame(trained("stopped", SmallDetector.run(), List.of(5, 6, 4)), uninterrupted, "stopped thrice");
    }

    @Test
    @Tag("slow")
    void killedAtRandomMomentsItEndsWithTheSameWeights() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var run = folder.resolve("killed");
        for (var kill = 0; kill < 3; kill++) {
            var process = Interrupted.process(SmallDetector.class, run.toString());
            assertThat(Interrupted.killed(process, run, 2 + random.nextInt(5), random.nextInt(20)))
                    .as("killed before its end; seed %s", seed).isTrue();
        }
        assertThat(Interrupted.process(SmallDetector.class, run.toString()).waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertSame(state(run), uninterrupted, "seed " + seed);
    }

    @Test
    void sizesAndMosaicsMakeADifference() {
        var recipe = SmallDetector.recipe();
        var ownSize = SmallDetector.run(recipe.withPace(recipe.pace().withSizes(new InputSizes.Own())));
        var weights = trained("own size", ownSize, List.of());
        assertThat(weights.get("large-conv.weight")).isNotEqualTo(uninterrupted.get("large-conv.weight"));
        var plain = recipe.withAugmentations(recipe.augmentations().subList(0, recipe.augmentations().size() - 1));
        assertThat(trained("no mosaic", SmallDetector.run(plain), List.of()).get("large-conv.weight"))
                .isNotEqualTo(uninterrupted.get("large-conv.weight"));
    }

    @Test
    void memoryIsPredictedForTheLargestSize() {
        var recipe = SmallDetector.recipe();
        var own = SmallDetector.run(recipe.withPace(recipe.pace().withSizes(new InputSizes.Own())));
        var large = SmallDetector.run(recipe.withPace(recipe.pace().withSizes(new InputSizes.Random(64, 64, 16, 2))));
        assertThat(Memory.needed(SmallDetector.run(), 2)).isEqualTo(Memory.needed(large, 2))
                .isGreaterThan(Memory.needed(own, 2));
    }

    private static Map<String, byte[]> trained(String name, Run run, List<Integer> stops) {
        var place = folder.resolve(name);
        for (var steps : stops) Interrupted.train(run, SmallDetector.scenes(), place, steps);
        Interrupted.train(run, SmallDetector.scenes(), place, Integer.MAX_VALUE);
        return state(place);
    }
}
