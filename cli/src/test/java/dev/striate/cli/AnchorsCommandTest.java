package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class AnchorsCommandTest {
    private final Striate striate = new Striate();

    @TempDir
    Path folder;

    @Test
    void printsAnchorsForANetworksInput() {
        striate.json("make-scenes " + folder.resolve("voc") + " --size 64x32 --train 12 --test 2 --objects 2-3");
        var line = "anchors " + folder.resolve("voc") + " --input 128x128 --count 3";
        var letterbox = striate.json(line);
        var stretched = striate.json(line + " --fit stretch");

        assertThat(letterbox.get("anchors").size()).isEqualTo(3);
        assertThat(letterbox.get("yolo").asString()).matches("\\d+,\\d+, \\d+,\\d+, \\d+,\\d+");
        // Twice the picture in the letterbox; stretched, four times its height.
        assertThat(stretched.at("/sizes/all/height/half").asDouble())
                .isEqualTo(2 * letterbox.at("/sizes/all/height/half").asDouble());
        assertThat(stretched.at("/sizes/all/width/half").asDouble())
                .isEqualTo(letterbox.at("/sizes/all/width/half").asDouble());
        assertThat(striate.json(line + " --seed 0")).isEqualTo(letterbox);
        assertThat(striate.execute(line)).isZero();
        assertThat(striate.out()).contains("[yolo]", letterbox.get("yolo").asString());
    }

    @Test
    void refusesWhatHasNoBoxes() {
        striate.refuses(1, "Pictures with boxes were expected", "anchors digits");
        striate.refuses(1, "Anchors from 1 to", "anchors scenes --count 0");
        striate.refuses(2, "128 or 160x96", "anchors scenes --input large");
    }
}
