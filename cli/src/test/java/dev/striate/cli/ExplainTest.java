package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A classifier with the weights that training begins with explains a scene.
@Tag("native")
class ExplainTest {
    private final Striate striate = new Striate();

    @TempDir
    Path folder;

    @BeforeEach
    void givenAModelAndAPicture() {
        Untrained.write(model(), "resnet20", "digits", "classify");
        Pictures.write(DataSets.open("digits").test().picture(0), folder.resolve("scene.png"));
    }

    @Test
    void everyMethodDrawsAFigure() {
        for (var method : new String[] { "gradcam", "occlusion", "saliency", "guided", "deconvnet",
                "activations --layer relu7", "receptive-field --layer relu7", "nearest --data digits --limit 12" }) {
            var out = folder.resolve("figure.png");
            var result = striate.json("explain " + model() + " " + folder.resolve("scene.png") + " --method " + method
                    + " --out " + out + " --device cpu");
            assertThat(result.get("file").asString()).isEqualTo(out.toString());
            var figure = Pictures.read(out);
            assertThat(figure.width()).as(method).isGreaterThan(figure.height() / 2);
            assertThat(figure.height()).as(method).isGreaterThan(500);
        }
    }

    @Test
    void filtersPatchesAndExcitingPicturesNeedNoPicture() throws Exception {
        var out = folder.resolve("figure.png");
        for (var method : new String[] { "filters", "excite --class 3 --steps 2",
                "patches --layer relu7 --channel 2 --data digits --limit 12" }) {
            striate.json("explain " + model() + " --method " + method + " --out " + out + " --device cpu");
            assertThat(Pictures.read(out).height()).as(method).isGreaterThan(200);
            Files.delete(out);
        }
    }

    /// The boxes are those that `detect` gives; what lost overlaps more than is allowed, and was less sure.
    @Test
    void aDetectorsBoxesHaveTheirOwners() {
        var detector = folder.resolve("detector.safetensors");
        Untrained.write(detector, "yolov3_small", "scenes", "detect");
        var scene = " " + folder.resolve("scene.png") + " --device cpu";
        var boxes = striate.json("explain " + detector + scene + " --method boxes --out " + folder.resolve("boxes.png"))
                .get("boxes");
        var found = striate.json("detect " + detector + scene).at("/0/objects");
        assertThat(boxes).isNotEmpty().hasSameSizeAs(found);
        for (var i = 0; i < boxes.size(); i++) {
            var box = boxes.get(i);
            assertThat(box.get("score").asDouble()).isCloseTo(found.get(i).get("score").asDouble(), within(1e-6));
            if (box.get("lost").isObject()) {
                assertThat(box.at("/lost/overlap").asDouble()).isGreaterThan(0.45);
                assertThat(box.at("/lost/score").asDouble()).isLessThanOrEqualTo(box.get("score").asDouble());
            }
        }
        assertThat(boxes).anyMatch(box -> box.get("lost").isObject());
        assertThat(Pictures.read(folder.resolve("boxes.png")).width()).isPositive();
    }

    @Test
    void saysWhatIsMissing() {
        var scene = " " + folder.resolve("scene.png") + " --device cpu --out " + folder.resolve("figure.png");
        striate.refuses(1, "A method was expected: gradcam, occlusion", "explain " + model() + scene + " --method cam");
        striate.refuses(1, "expects a picture's file", "explain " + model() + " --method saliency");
        striate.refuses(1, "expects --layer L", "explain " + model() + scene + " --method activations");
        striate.refuses(1, "expects --data DATA", "explain " + model() + scene + " --method nearest");
        striate.refuses(1, "A class of the model was expected; received 'three'", "explain " + model() + scene
                + " --method gradcam --class three");
        striate.refuses(1, "the nearest are relu7",
                "explain " + model() + scene + " --method activations --layer relu7x");
        assertThat(folder.resolve("figure.png")).doesNotExist();
    }

    private Path model() {
        return folder.resolve("model.safetensors");
    }
}
