package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.vision.train.Run;
import dev.striate.yolo.YoloHeads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Detection with classes that are kinds of one another, as a user would train it.
@Tag("native")
class TreeCommandTest {
    private static final String TREE = "round -1\nlight -1\ndark -1\ncircle 0\ncrescent 0\ncross -1\n";
    private final Striate striate = new Striate();

    @TempDir
    private Path folder;

    @Test
    void trainsOnBoxesAndOnClassesAlone() throws IOException {
        var boxes = folder.resolve("boxes");
        var run = folder.resolve("run");
        assertThat(striate.execute("make-scenes " + boxes + " --train 16 --test 4 --classes 3")).isZero();
        var pictures = Striate.pictures(folder.resolve("pictures"), 4);

        var code = striate.execute(List.of("train", "--model", "yolov2_small", "--input", "3x64x64", "--data",
                boxes + " + " + pictures, "--tree", tree(TREE).toString(), "--batch-size", "8", "--epochs", "1",
                "--device", "cpu", "--out", run.toString()));

        assertThat(code).as(striate.err()).isZero();
        assertThat(striate.err()).contains("24 training pictures");
        assertThat(Run.read(run).labels()).containsExactly("round", "light", "dark", "circle", "crescent", "cross");
        assertThat(YoloHeads.of(Run.read(run).network()).tree()).isPresent();
        var figures = striate.json("evaluate " + run + " --device cpu").get("figures");
        assertThat(figures.has("mAP50Depth0")).isTrue();
        assertThat(figures.has("mAP50Depth1")).isTrue();
        assertThat(striate.json("evaluate " + run + " --device cpu --data " + boxes).get("pictures").asInt())
                .isEqualTo(4);
    }

    @Test
    void refusesWhatDoesNotFitTheTree() throws IOException {
        var train = "train --model yolov2_small --data scenes --device cpu --out " + folder.resolve("run") + " --tree ";
        striate.refuses(1, "received some of the class 'heart'", train + tree(TREE));
        striate.refuses(1, "line 2: expected the number of an earlier name", train + tree("round -1\ncircle 7\n"));
        striate.refuses(1, "it cannot be read: there is no such file", train + folder.resolve("no.tree"));
        striate.refuses(1, "--tree is for detection; received --task segment", train + tree(TREE) + " --task segment");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    private Path tree(String text) throws IOException {
        return Files.writeString(folder.resolve("a.tree"), text);
    }
}
