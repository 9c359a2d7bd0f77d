package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.data.picture.Pictures;
import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Models that do not classify, with weights as training begins with them.
@Tag("native")
class QuantiseTest {
    private static final String ON_FOUR = " --limit 4 --device cpu --data ";
    private final Striate striate = new Striate();

    @TempDir
    Path folder;

    @Test
    void saysWhatADetectorLosesAndItThenRunsInInt8() {
        givenAModel("yolov3_small", "scenes", "detect");

        var test = quantised("scenes");
        assertThat(test.at("/float32/deciding").asString()).isEqualTo("mAP50");
        assertThat(test.at("/float32/classes")).hasSize(Scenes.USUAL.labels().size());
        assertThat(test.at("/int8/figures").has("mAP")).isTrue();
        thenEvaluateAgrees(test, "scenes");
        assertThat(striate.json("detect " + int8() + " " + picture() + " --device cpu").isMissingNode()).isFalse();
    }

    @Test
    void writesADetectorForOtherRuntimesInInt8() {
        givenAModel("yolov3_small", "scenes", "detect");
        quantised("scenes");
        var onnx = folder.resolve("detector.onnx");

        var written = striate.json("export " + int8() + " --to onnx --int8 --data scenes --pictures 2 --out " + onnx);
        assertThat(written.get("int8")).isNotEmpty();
        assertThat(onnx).isNotEmptyFile();
    }

    @Test
    void saysWhatASegmenterLoses() {
        givenAModel("fcn8s_small", "scenes-masks", "segment");

        var test = quantised("scenes-masks");
        assertThat(test.at("/int8/deciding").asString()).isEqualTo("meanIoU");
        thenEvaluateAgrees(test, "scenes-masks");
    }

    @Test
    void saysWhatALocaliserLoses() {
        givenAModel("resnet20", "scenes-one", "localise");

        var test = quantised("scenes-one");
        assertThat(test.at("/int8/deciding").asString()).isEqualTo("meanIoU");
        thenEvaluateAgrees(test, "scenes-one");
    }

    @Test
    void showsTheFigureThatDecidesFirstAndEachClass() {
        givenAModel("yolov3_small", "scenes", "detect");

        assertThat(striate.execute("quantise " + model() + " --data scenes --pictures 2 --limit 4 --out " + int8()))
                .as(striate.err()).isZero();
        assertThat(striate.out()).containsPattern("on 4 test pictures:\\n\\n +float32 +int8\\nmAP50 ")
                .containsPattern("class +ap50 +in int8 +ap +in int8\\n")
                .endsWith(int8() + "\n");
    }

    /// Nothing else changes: the same weights in float32 give what the model gave before.
    @Test
    void marksADetectorAsOneForBf16() {
        givenAModel("yolov3_small", "scenes", "detect");
        var marked = folder.resolve("bf16.safetensors");
        var test = striate.json("quantise " + model() + " --to bf16 --data scenes --limit 4 --out " + marked)
                .get("test");

        var rounded = striate.json("evaluate " + marked + ON_FOUR + "scenes");
        assertThat(rounded.get("figures")).isEqualTo(test.at("/bf16/figures"));
        var asked = striate.json("evaluate " + model() + " --precision bf16" + ON_FOUR + "scenes");
        assertThat(asked.get("figures")).isEqualTo(test.at("/bf16/figures"));
        var exact = striate.json("evaluate " + marked + " --precision float32" + ON_FOUR + "scenes");
        assertThat(exact.get("figures")).isEqualTo(test.at("/float32/figures"));
    }

    private void givenAModel(String name, String data, String task) {
        Untrained.write(model(), name, data, task);
    }

    private JsonNode quantised(String data) {
        var result = striate
                .json("quantise " + model() + " --data " + data + " --pictures 2 --limit 4 --most 0.5 --out "
                        + int8());
        assertThat(result.get("layers")).isNotEmpty();
        assertThat(result.at("/test/int8/pictures").asInt()).isEqualTo(4);
        return result.get("test");
    }

    /// The model that was written runs in int8, and on libtorch in float32, as was measured.
    private void thenEvaluateAgrees(JsonNode test, String data) {
        var rounded = striate.json("evaluate " + int8() + ON_FOUR + data);
        assertThat(rounded.get("figures")).isEqualTo(test.at("/int8/figures"));
        var exact = striate.json("evaluate " + int8() + " --engine torch" + ON_FOUR + data);
        test.at("/float32/figures").properties().forEach(figure -> assertThat(exact.get("figures").get(figure.getKey())
                .asDouble()).as(figure.getKey()).isEqualTo(figure.getValue().asDouble(), within(0.01)));
    }

    private Path picture() {
        var file = folder.resolve("scene.png");
        Pictures.write(DataSets.open("scenes").test().picture(0), file);
        return file;
    }

    private Path model() {
        return folder.resolve("model.safetensors");
    }

    private Path int8() {
        return folder.resolve("int8.safetensors");
    }
}
