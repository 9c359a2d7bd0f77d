package dev.striate.vision.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Layer;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Fit;
import dev.striate.recipe.Preprocessing.Letterbox;
import dev.striate.recipe.Preprocessing.Stretch;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.task.Task;
import dev.striate.weights.ModelFile;
import dev.striate.weights.TensorData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A network whose weights are 0 and whose biases therefore are its answer: b with odds of 3 to 1, and two boxes, of which
/// that of b has its middle in the middle, half as wide and a quarter as high as the input.
@Tag("native")
class LocaliserTest {
    private static final float[] BOXES = { 0.1f, 0.1f, 0.1f, 0.1f, 0.5f, 0.5f, 0.5f, 0.25f };

    @TempDir
    Path folder;

    @Test
    void saysWhatAndWhere() {
        try (var localiser = open(new Stretch(), BOXES)) {
            var located = localiser.localise(Picture.black(40, 20, 3));

            assertThat(located.label()).isEqualTo("b");
            assertThat(located.probability()).isEqualTo(0.75, within(1e-6));
            thenIs(located.box(), new Box(10, 7.5, 30, 12.5));
        }
    }

    /// A picture of 40×20 lies in the middle of the input of 8×8 as 8×4: a box of 4×2 there is one of 20×10.
    @Test
    void bringsTheBoxBackFromALetterbox() {
        try (var localiser = open(Letterbox.DARKNET, BOXES)) {
            thenIs(localiser.localise(Picture.black(40, 20, 3)).box(), new Box(10, 5, 30, 15));
        }
    }

    @Test
    void keepsBoxesInsideThePicture() {
        try (var localiser = open(new Stretch(), 0.9f, 0.5f, 0.4f, -0.1f)) {
            thenIs(localiser.localise(Picture.black(40, 20, 3)).box(), new Box(28, 10, 40, 10));
        }
    }

    /// The truth of the first is what is said; of the second, class a, three quarters of it: IoU ¾, a hit; of the third nothing
    /// is met. Cross entropy: −log ¾ for b, −log ¼ for a.
    @Test
    void measuresClassesAndBoxes() {
        var pictures = new Pictures(List.of(new LabelledBox(new Box(10, 7.5, 30, 12.5), 1),
                new LabelledBox(new Box(10, 7.5, 25, 12.5), 0), new LabelledBox(new Box(0, 0, 5, 5), 1)));
        try (var localiser = open(new Stretch(), BOXES)) {
            var figures = localiser.evaluate(pictures).figures();

            assertThat(figures.get("accuracy")).isEqualTo(2 / 3.0, within(1e-12));
            assertThat(figures.score()).isEqualTo((1 + 0.75 + 0) / 3, within(1e-6));
            assertThat(figures.get("iou50")).isEqualTo(2 / 3.0, within(1e-12));
            assertThat(figures.get("found")).isEqualTo(1 / 3.0, within(1e-12));
            assertThat(figures.get("classLoss")).isEqualTo(-(2 * Math.log(0.75) + Math.log(0.25)) / 3, within(1e-6));
        }
    }

    @Test
    void drawsTheBoxesFurthestFromTheTruth() {
        try (var localiser = open(new Stretch(), BOXES)) {
            localiser.evaluate(new Pictures(List.of(new LabelledBox(new Box(0, 0, 5, 5), 1)))).draw(folder);
        }
        assertThat(folder.resolve("boxes.png")).isNotEmptyFile();
    }

    @Test
    void refusesPicturesWithSeveralObjects() {
        var two = new LabelledBox(new Box(0, 0, 5, 5), 1);
        var pictures = new Pictures(List.of(two)) {
            @Override
            public Target target(int index) {
                return new Target.Objects(List.of(two, two));
            }
        };
        try (var localiser = open(new Stretch(), BOXES)) {
            assertThatThrownBy(() -> localiser.evaluate(pictures)).isInstanceOf(StriateException.class)
                    .hasMessage("Localisation expects one object in each picture; black#0 has 2 objects.");
        }
    }

    /// Exact but for the rounding of float32.
    private static void thenIs(Box box, Box expected) {
        assertThat(box.left()).isEqualTo(expected.left(), within(1e-4));
        assertThat(box.top()).isEqualTo(expected.top(), within(1e-4));
        assertThat(box.right()).isEqualTo(expected.right(), within(1e-4));
        assertThat(box.bottom()).isEqualTo(expected.bottom(), within(1e-4));
    }

    private Localiser open(Fit fit, float... boxes) {
        var x = Layer.input(3, 8, 8).flatten();
        var network = x.at("fc").linear(2).network("constant", Map.of("box", x.at("box").linear(boxes.length)));
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("fc.weight", TensorData.of(List.of(2, 192), new float[2 * 192]));
        tensors.put("fc.bias", TensorData.of(List.of(2), new float[] { 0, (float) Math.log(3) }));
        tensors.put("box.weight", TensorData.of(List.of(boxes.length, 192), new float[boxes.length * 192]));
        tensors.put("box.bias", TensorData.of(List.of(boxes.length), boxes));
        var file = folder.resolve("model.safetensors");
        new ModelFile(network, Preprocessing.plain(network.input(), fit), new Task.Localisation(List.of("a", "b")),
                Optional.empty(), tensors).write(file);
        return Localiser.open(file);
    }

    /// Black pictures of 40×20.
    private static class Pictures implements DataSet {
        private final List<LabelledBox> objects;

        Pictures(List<LabelledBox> objects) {
            this.objects = objects;
        }

        @Override
        public List<String> classes() {
            return List.of("a", "b");
        }

        @Override
        public int size() {
            return objects.size();
        }

        @Override
        public Target target(int index) {
            return new Target.Objects(List.of(objects.get(index)));
        }

        @Override
        public String name(int index) {
            return "black#" + index;
        }

        @Override
        public Picture picture(int index) {
            return Picture.black(40, 20, 3);
        }
    }
}
