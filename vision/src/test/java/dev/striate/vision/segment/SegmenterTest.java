package dev.striate.vision.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.graph.Layer;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Letterbox;
import dev.striate.recipe.Preprocessing.Stretch;
import dev.striate.task.Task;
import dev.striate.weights.ModelFile;
import dev.striate.weights.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class SegmenterTest {
    @TempDir
    Path folder;

    @Test
    void saysTheClassOfEveryPixel() {
        try (var segmenter = open(Colours.model(2, 3, new Stretch()))) {
            var segmented = segmenter.segment(Colours.picture("rgb", "bbr"));

            assertThat(segmented.mask().classes()).containsExactly(0, 1, 2, 2, 2, 0);
            assertThat(segmented.parts()).extracting(Segmented.Part::label).containsExactly("blue", "red", "green");
            assertThat(segmented.parts().getFirst().share()).isEqualTo(0.5);
        }
    }

    /// A picture of 8×4 in an input of 4×4 is 4×2 there, with a row of border above and below.
    @Test
    void givesAMaskOfThePicturesOwnSize() {
        try (var segmenter = open(Colours.model(4, 4, Letterbox.DARKNET))) {
            var mask = segmenter.segment(Colours.picture("rrggbbrr", "rrggbbrr", "ggggrrrr", "ggggrrrr")).mask();

            assertThat(mask.size().height()).isEqualTo(4);
            assertThat(mask.size().width()).isEqualTo(8);
            assertThat(mask.classes()).containsExactly(Colours.mask("rrggbbrr", "rrggbbrr", "ggggrrrr", "ggggrrrr")
                    .classes());
        }
    }

    /// Truth r r g - / b b g g, taken for r g g g / b b g g: 6 of 7 right. IoU red 1/2, green 3/4, blue 1. The loss of a
    /// pixel by scores of 10 against two of 0 is log(1 + 2e⁻¹⁰), of one taken for another 10 more.
    @Test
    void measuresOnPicturesWithMasks() {
        var pictures = new Colours(List.of(Colours.picture("rggg", "bbgg")), List.of(Colours.mask("rrg-", "bbgg")));
        try (var segmenter = open(Colours.model(2, 4, new Stretch()))) {
            var measured = segmenter.evaluate(pictures);

            assertThat(measured.figures().get("pixelAccuracy")).isEqualTo(6 / 7.0, within(1e-12));
            assertThat(measured.figures().get("meanAccuracy")).isEqualTo((1 / 2.0 + 1 + 1) / 3, within(1e-12));
            assertThat(measured.figures().score()).isEqualTo((1 / 2.0 + 3 / 4.0 + 1) / 3, within(1e-12));
            assertThat(measured.loss()).isEqualTo(Math.log(1 + 2 * Math.exp(-10)) + 10 / 7.0, within(1e-5));
        }
    }

    @Test
    void drawsWhatTheFiguresDoNotShow() throws IOException {
        var pictures = new Colours(List.of(Colours.picture("rggg", "bbgg")), List.of(Colours.mask("rrg-", "bbgg")));
        try (var segmenter = open(Colours.model(2, 4, new Stretch()))) {
            segmenter.evaluate(pictures).draw(folder);
        }
        assertThat(folder.resolve("masks.png")).isNotEmptyFile();
        assertThat(folder.resolve("confusion.png")).isNotEmptyFile();
        assertThat(Files.readAllLines(folder.resolve("classes.csv"))).containsExactly("class,pixels,accuracy,iou",
                "red,2,0.500000,0.500000", "green,3,1.000000,0.750000", "blue,2,1.000000,1.000000");
    }

    @Test
    void refusesAModelOfAnotherTask() {
        var network = Layer.input(3, 2, 2).globalAvgPool().flatten().at("fc").linear(2).network("classifier");
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("fc.weight", TensorData.of(List.of(2, 3), new float[6]));
        tensors.put("fc.bias", TensorData.of(List.of(2), new float[2]));
        var file = new ModelFile(network, Preprocessing.plain(network.input(), new Stretch()),
                new Task.Classification(List.of("a", "b")), Optional.empty(), tensors);

        assertThatThrownBy(() -> open(file)).isInstanceOf(StriateException.class)
                .hasMessageMatching("A model for segmentation was expected; .* is one for classification\\.");
    }

    private Segmenter open(ModelFile model) {
        var file = folder.resolve("model.safetensors");
        model.write(file);
        return Segmenter.open(file);
    }
}
