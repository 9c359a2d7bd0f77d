package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A detector with regions, whose head begins with a layer of 1152 × 256 weights.
@Tag("native")
class CompressTest {
    private final Striate striate = new Striate();

    @TempDir
    Path folder;

    @BeforeEach
    void givenADetector() {
        Untrained.write(model(), "faster_rcnn_small", "scenes", "detect");
    }

    /// 32 · (1152 + 256) of 1152 · 256 weights.
    @Test
    void saysWhatARankSavesAndCosts() {
        var result = striate.json(compress("fc6=32"));
        var layer = result.at("/layers/0");
        assertThat(layer.get("before").asLong()).isEqualTo(1152 * 256);
        assertThat(layer.get("after").asLong()).isEqualTo(32 * (1152 + 256));
        assertThat(layer.get("kept").asDouble()).isBetween(0.05, 0.95);
        assertThat(result.at("/before/parameters").asLong() - result.at("/after/parameters").asLong())
                .isEqualTo(layer.get("before").asLong() - layer.get("after").asLong());
        assertThat(result.at("/after/figures").has("mAP50")).isTrue();
        assertThat(result.at("/after/picturesPerSecond").asDouble()).isPositive();

        var picture = folder.resolve("scene.png");
        Pictures.write(DataSets.open("scenes").test().picture(0), picture);
        assertThat(striate.json("detect " + out() + " " + picture + " --device cpu").isMissingNode()).isFalse();
    }

    @Test
    void refusesWhatSavesNothing() {
        striate.refuses(1, "'fc6' expects a rank from 1 to 209, ", compress("fc6=4000"));
        striate.refuses(1, "(fc6, cls_score, bbox_pred); received 'fc9'", compress("fc9=4"));
        assertThat(out()).doesNotExist();
    }

    private String compress(String ranks) {
        return "compress " + model() + " --rank " + ranks + " --data scenes --limit 2 --out " + out();
    }

    private Path model() {
        return folder.resolve("model.safetensors");
    }

    private Path out() {
        return folder.resolve("compressed.safetensors");
    }
}
