package dev.striate.vision.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.InputSizes;
import dev.striate.recipe.Optimization;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.Regime;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Schedule;
import dev.striate.recipe.TrainingLength;
import dev.striate.recipe.Start;
import dev.striate.recipe.WeightDecay;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Mask;
import dev.striate.torch.Device;
import dev.striate.vision.localise.Localiser;
import dev.striate.vision.segment.Segmenter;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Outcome;
import dev.striate.vision.train.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A white rectangle on black: its pixels, or its box and whether it is upright.
@Tag("native")
class MasksAndBoxesTest {
    private static final int SIDE = 16;

    @TempDir
    Path folder;

    /// What is white is the rectangle, which one convolution can tell.
    @Test
    void learnsMasks() {
        var splits = splits(true, 32);
        var network = Layer.input(3, SIDE, SIDE).conv(2, 1).network("pixels");
        var outcome = trained(network, splits, recipe(Optimizer.sgd(0.9), 0.5, 8));

        assertThat(outcome.best().validation().get("meanIoU")).isEqualTo(1);
        assertThat(folder.resolve("masks.png")).isNotEmptyFile();
        try (var segmenter = Segmenter.open(folder)) {
            assertThat(segmenter.segment(splits.test().picture(0)).mask().classes())
                    .isEqualTo(((Mask) splits.test().target(0)).classes());
        }
    }

    /// What one convolution tells at one size it tells at all; the mask follows the picture.
    @Test
    void learnsMasksAtSeveralSizes() {
        var splits = splits(true, 32);
        var network = Layer.input(3, SIDE, SIDE).conv(2, 1).network("pixels");
        var recipe = recipe(Optimizer.sgd(0.9), 0.5, 8);
        var sizes = new InputSizes.Random(SIDE / 2, 2 * SIDE, SIDE / 2, 1);
        var outcome = trained(network, splits, recipe.withPace(recipe.pace().withSizes(sizes)));

        assertThat(outcome.best().validation().get("meanIoU")).isEqualTo(1);
    }

    /// Far better than one box for all could be, whose mean IoU is below 0.3.
    @Test
    @Tag("slow")
    void learnsBoxes() {
        var splits = splits(false, 512);
        var network = Layer.input(3, SIDE, SIDE).flatten().linear(64).relu().linear(2).network("boxes");
        var outcome = trained(network, splits, recipe(Optimizer.adamW(), 3e-3, 20));

        assertThat(outcome.best().validation().get("meanIoU")).isGreaterThan(0.6);
        assertThat(outcome.best().validation().get("accuracy")).isGreaterThan(0.9);
        assertThat(folder.resolve("boxes.png")).isNotEmptyFile();
        try (var localiser = Localiser.open(folder)) {
            assertThat(localiser.evaluate(splits.test()).meanIoU())
                    .isEqualTo(outcome.best().validation().get("meanIoU"), within(1e-3));
        }
    }

    private Outcome trained(Network network, Splits splits, Recipe recipe) {
        var task = Tasks.of(Tasks.suited(splits));
        var run = Run.of(task, task.fitted(network), splits, "rectangles", recipe);
        return Tasks.training(run, splits, folder, Device.CPU, Event.Listener.none()).run();
    }

    private static Recipe recipe(Optimizer optimizer, double rate, int epochs) {
        return Recipe.of("test", Optimization.of(optimizer, rate, WeightDecay.NONE),
                Regime.of(TrainingLength.epochs(epochs), 16, Schedule.oneCycle()), List.<Augmentation>of(),
                Start.of(new Initialisation.HeFanIn()));
    }

    private static Splits splits(boolean masks, int train) {
        return new Splits("rectangles", new Rectangles("train", masks, train), Optional.empty(),
                new Rectangles("test", masks, 64), true);
    }

    private record Rectangles(String part, boolean masks, int size) implements DataSet {
        @Override
        public List<String> classes() {
            return masks ? List.of("ground", "rectangle") : List.of("level", "upright");
        }

        private Box box(int index) {
            var draws = RandomStream.of(3).at(part).at(index);
            var longer = 7 + (int) (4 * draws.uniform(0));
            var shorter = 4 + (int) (2 * draws.uniform(1));
            var width = isUpright(index) ? shorter : longer;
            var height = isUpright(index) ? longer : shorter;
            var left = (int) ((SIDE - width) * draws.uniform(2));
            var top = (int) ((SIDE - height) * draws.uniform(3));
            return new Box(left, top, left + width, top + height);
        }

        private static boolean isUpright(int index) {
            return index % 2 == 1;
        }

        private Mask mask(int index) {
            var box = box(index);
            var classes = new byte[SIDE * SIDE];
            for (var y = (int) box.top(); y < box.bottom(); y++) {
                for (var x = (int) box.left(); x < box.right(); x++) classes[y * SIDE + x] = 1;
            }
            return new Mask(new Size(SIDE, SIDE), classes);
        }

        @Override
        public Target target(int index) {
            return masks ? mask(index)
                    : new Target.Objects(List.of(new LabelledBox(box(index), isUpright(index) ? 1 : 0)));
        }

        @Override
        public String name(int index) {
            return part + "#" + index;
        }

        @Override
        public Picture picture(int index) {
            var pixels = new byte[3 * SIDE * SIDE];
            var inside = mask(index).classes();
            for (var i = 0; i < pixels.length; i++) pixels[i] = (byte) (255 * inside[i / 3]);
            return new Picture(SIDE, SIDE, 3, pixels);
        }
    }
}
