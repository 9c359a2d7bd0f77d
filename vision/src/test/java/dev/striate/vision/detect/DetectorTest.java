package dev.striate.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Layer;
import dev.striate.graph.Op;
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

/// A network of one cell whose weights are 0 and whose biases therefore are its answer: a b in the middle of the input of
/// 8×8, as large as the anchor of 4×2.
@Tag("native")
class DetectorTest {
    private static final float[] SURE = { 0, 0, 0, 0, 3, -9, 3 };
    private static final float[] UNSURE = { 0, 0, 0, 0, -3, -9, 3 };

    @TempDir
    Path folder;

    @Test
    void findsAnObjectOnThePicturesOwnPixels() {
        try (var detector = open(new Stretch(), SURE)) {
            var found = detector.find(Picture.black(40, 20, 3), Thresholds.DEFAULT).found();

            assertThat(found).singleElement().satisfies(one -> {
                assertThat(one.label()).isEqualTo("b");
                assertThat(one.score()).isEqualTo(Math.pow(1 / (1 + Math.exp(-3)), 2), within(1e-6));
                assertThat(one.box().left()).isEqualTo(10, within(1e-4));
                assertThat(one.box().top()).isEqualTo(7.5, within(1e-4));
                assertThat(one.box().width()).isEqualTo(20, within(1e-4));
                assertThat(one.box().height()).isEqualTo(5, within(1e-4));
            });
        }
    }

    /// A picture of 40×20 lies in the middle of the input as 8×4: a box of 4×2 there is one of 20×10.
    @Test
    void bringsBoxesBackFromALetterbox() {
        try (var detector = open(Letterbox.DARKNET, SURE)) {
            var box = detector.detect(Picture.black(40, 20, 3), Thresholds.DEFAULT).getFirst().box();
            assertThat(box.left()).isEqualTo(10, within(1e-4));
            assertThat(box.top()).isEqualTo(5, within(1e-4));
            assertThat(box.right()).isEqualTo(30, within(1e-4));
            assertThat(box.bottom()).isEqualTo(15, within(1e-4));
        }
    }

    @Test
    void leavesOutWhatIsBelowTheScore() {
        try (var detector = open(new Stretch(), UNSURE)) {
            assertThat(detector.detect(Picture.black(40, 20, 3), Thresholds.DEFAULT)).isEmpty();
        }
    }

    /// Of three pictures one has what is found, one something else, one nothing: both others count against the precision of
    /// b, whose only object is found first.
    @Test
    void measuresPicturesWithAndWithoutObjects() {
        var pictures = new Pictures(List.of(
                List.of(new LabelledBox(new Box(10, 7.5, 30, 12.5), 1)),
                List.of(new LabelledBox(new Box(0, 0, 5, 5), 0)), List.of()));
        try (var detector = open(new Stretch(), SURE)) {
            var measured = detector.evaluate(pictures);

            assertThat(measured.figures().score()).isEqualTo((1 + 0) / 2.0, within(1e-12));
            assertThat(measured.confusion().counts())
                    .isDeepEqualTo(new long[][] { { 0, 0, 1 }, { 0, 1, 0 }, { 0, 2, 0 } });
            measured.draw(folder);
            assertThat(folder.resolve("detections.png")).isNotEmptyFile();
            assertThat(folder.resolve("classes.csv")).content().contains("\nb,1,1.000000,");
        }
    }

    @Test
    void refusesPicturesWithoutBoxes() {
        var labelled = new Pictures(List.of(List.of())) {
            @Override
            public Target target(int index) {
                return new Target.Label(0);
            }
        };
        try (var detector = open(new Stretch(), SURE)) {
            assertThatThrownBy(() -> detector.evaluate(labelled)).isInstanceOf(StriateException.class)
                    .hasMessageContaining("Detection expects boxes for each picture; black#0 has");
        }
    }

    private Detector open(Fit fit, float... biases) {
        var head = new Op.Detection("yolo", Map.of("anchors", "4,2", "classes", "2"));
        var network = Layer.input(3, 8, 8).maxPool(8).at("answer").conv(7, 1).at("boxes").then(head)
                .network("one cell");
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("answer.weight", TensorData.of(List.of(7, 3, 1, 1), new float[21]));
        tensors.put("answer.bias", TensorData.of(List.of(7), biases));
        var file = folder.resolve("model.safetensors");
        new ModelFile(network, Preprocessing.plain(network.input(), fit), new Task.Detection(List.of("a", "b")),
                Optional.empty(), tensors).write(file);
        return Detector.open(file);
    }

    /// Black pictures of 40×20 with these objects.
    private static class Pictures implements DataSet {
        private final List<List<LabelledBox>> objects;

        Pictures(List<List<LabelledBox>> objects) {
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
        public String name(int index) {
            return "black#" + index;
        }

        @Override
        public Picture picture(int index) {
            return Picture.black(40, 20, 3);
        }

        @Override
        public Target target(int index) {
            return new Target.Objects(objects.get(index));
        }
    }
}
