package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.set.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class LabelCommandsTest {
    private final Striate striate = new Striate();

    @TempDir
    Path folder;

    @Test
    void drawsScenesThatOpenAsASet() {
        var made = striate.json("make-scenes " + folder.resolve("voc")
                + " --size 40x32 --train 6 --test 2 --objects 2-3 --classes 4 --seed 5");
        assertThat(made.get("pictures").asInt()).isEqualTo(8);
        var splits = DataSets.open(folder.resolve("voc"));
        assertThat(splits.train().size()).isEqualTo(6);
        assertThat(splits.train().classes()).hasSize(4);
        assertThat(splits.test().picture(0)).hasToString("40×32 RGB");
        striate.refuses(1, "exists", "make-scenes " + folder.resolve("voc") + " --train 1 --test 1");
        striate.refuses(2, "as in 3 or 2-4", "make-scenes " + folder.resolve("x") + " --objects few");
        striate.refuses(2, "as in 128 or 160x96", "make-scenes " + folder.resolve("x") + " --size large");
    }

    @Test
    void convertsBetweenFormats() {
        striate.json("make-scenes " + folder.resolve("voc") + " --size 32 --train 3 --test 2");
        var converted = striate.json("convert-labels " + folder.resolve("voc") + " " + folder.resolve("coco")
                + " --to coco --pictures link");
        assertThat(converted.get("pictures").asInt()).isEqualTo(5);
        assertThat(DataSets.open(folder.resolve("coco")).train().size()).isEqualTo(3);
        striate.refuses(1, "masks were expected", "convert-labels " + folder.resolve("voc") + " "
                + folder.resolve("masks") + " --to masks");
    }

    @Test
    void leavesOutBadLabelsWhereToldSo() throws IOException {
        striate.json("make-scenes " + folder.resolve("voc") + " --size 32 --train 3 --test 2");
        Files.writeString(folder.resolve("voc/Annotations/train-000001.xml"), "");
        var line = "convert-labels " + folder.resolve("voc") + " " + folder.resolve("coco") + " --to coco";
        striate.refuses(1, "train-000001.xml, line 1, is empty", line);
        assertThat(striate.json(line + " --bad-labels skip").get("pictures").asInt()).isEqualTo(4);
        assertThat(striate.err()).contains("1 labels have something wrong");
    }
}
