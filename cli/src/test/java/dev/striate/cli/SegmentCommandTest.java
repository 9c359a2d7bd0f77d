package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Layer;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import dev.striate.weights.ModelFile;
import dev.striate.weights.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// By a network whose scores are a pixel's red and blue.
@Tag("native")
class SegmentCommandTest {
    private final Striate striate = new Striate();

    @TempDir
    Path folder;

    @BeforeEach
    void givenAModelAndPictures() throws IOException {
        var network = Layer.input(3, 4, 4).at("score").conv(2, 1).network("reds");
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("score.weight", TensorData.of(List.of(2, 3, 1, 1), new float[] { 1, 0, 0, 0, 0, 1 }));
        tensors.put("score.bias", TensorData.of(List.of(2), new float[2]));
        new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                new Task.Segmentation(List.of("red", "blue")), Optional.empty(), tensors)
                .write(folder.resolve("model.safetensors"));
        Files.createDirectory(folder.resolve("photos"));
        Pictures.write(halves(), folder.resolve("photos/one.png"));
        Pictures.write(halves(), folder.resolve("photos/two.bmp"));
    }

    /// The left quarter red, the rest blue.
    private static Picture halves() {
        var pixels = new byte[3 * 8 * 4];
        for (var i = 0; i < 8 * 4; i++) pixels[3 * i + (i % 8 < 2 ? 0 : 2)] = (byte) 255;
        return new Picture(8, 4, 3, pixels);
    }

    @Test
    void writesAMaskForEachPictureOfAFolder() {
        var answers = striate.json(line("photos", "--out " + folder.resolve("masks") + " --overlay"));

        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).get("mask").asString()).isEqualTo(folder.resolve("masks/one.png").toString());
        assertThat(answers.at("/1/classes/0/label").asString()).isEqualTo("blue");
        assertThat(answers.at("/1/classes/0/share").asDouble()).isEqualTo(0.75);
        var mask = Pictures.read(folder.resolve("masks/two.png"));
        assertThat(mask.size()).isEqualTo(halves().size());
        assertThat(mask.at(0, 0, 0)).isZero(); // class 0 is black
        assertThat(mask.at(2, 0, 0)).isEqualTo(128); // class 1 is dark red
        assertThat(folder.resolve("masks/two-overlay.png")).isNotEmptyFile();
    }

    @Test
    void refusesWhatItWouldWriteOver() {
        striate.refuses(1, "Another folder than the pictures' own was expected for --out",
                line("photos/one.png", "--out " + folder.resolve("photos")));
    }

    @Test
    void refusesViewsOfAModelThatDoesNotClassify() {
        striate.refuses(1, "--views are for models that classify; received one for segmentation.",
                "evaluate " + folder.resolve("model.safetensors") + " --data digits --views ten --device cpu");
    }

    @Test
    void refusesTwoPicturesOfOneName() throws IOException {
        Files.createDirectory(folder.resolve("others"));
        Pictures.write(halves(), folder.resolve("others/one.png"));

        striate.refuses(1, "Pictures of different names were expected",
                line("photos", folder.resolve("others") + " --out " + folder.resolve("masks")));
    }

    private String line(String pictures, String rest) {
        return "segment " + folder.resolve("model.safetensors") + " " + folder.resolve(pictures) + " " + rest
                + " --device cpu";
    }
}
