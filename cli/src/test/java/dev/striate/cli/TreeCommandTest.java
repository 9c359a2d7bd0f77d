package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.ClassTrees;
import dev.striate.vision.train.Run;
import dev.striate.yolo.YoloHeads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Classes that are kinds of one another, as a user would train them.
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

    /// What is dark is an inner class here.
    @Test
    void classifiesPicturesOfALeafAndOfAClassAboveOthers() throws IOException {
        var pictures = Striate.pictures(folder.resolve("pictures"), 8);
        var run = folder.resolve("run");
        var tree = tree("grey -1\nlight 0\ndark 0\nblack 2\nnavy 2\n");

        var code = striate.execute(List.of("train", "--model", "lenet5", "--data", pictures.toString(), "--tree",
                tree.toString(), "--recipe", "quick", "--batch-size", "4", "--epochs", "2", "--device", "cpu", "--out",
                run.toString()));

        assertThat(code).as(striate.err()).isZero();
        assertThat(Run.read(run).labels()).containsExactly("grey", "light", "dark", "black", "navy");
        assertThat(ClassTrees.of(Run.read(run).network())).isPresent();
        var evaluation = striate.json("evaluate " + run + " --device cpu");
        assertThat(evaluation.get("accuracyByDepth").size()).isEqualTo(3);
        assertThat(evaluation.get("accuracyByDepth").get(0).asDouble()).as("there is one root").isEqualTo(1);
        assertThat(evaluation.get("accuracyByDepth").get(1)).isEqualTo(evaluation.get("accuracy"));
        striate.execute("evaluate " + run + " --device cpu");
        assertThat(striate.out()).contains("accuracy at depth 0: 1.0000");
        var answer = striate.json("predict " + run + " " + pictures.resolve("test/light/0.png") + " --top 9").get(0);
        assertThat(answer.get("label").asString()).isEqualTo("light");
        assertThat(answer.get("top").valueStream().map(each -> each.get("label").asString()))
                .containsExactlyInAnyOrder("light", "black", "navy");
    }

    @Test
    void refusesWhatDoesNotFitTheTree() throws IOException {
        var train = "train --model yolov2_small --data scenes --device cpu --out " + folder.resolve("run") + " --tree ";
        striate.refuses(1, "received some of the class 'heart'", train + tree(TREE));
        striate.refuses(1, "line 2: expected the number of an earlier name", train + tree("round -1\ncircle 7\n"));
        striate.refuses(1, "it cannot be read: there is no such file", train + folder.resolve("no.tree"));
        striate.refuses(1, "A tree of classes expects the task classify or detect; received 'segment'",
                train + tree(TREE) + " --task segment");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    private Path tree(String text) throws IOException {
        return Files.writeString(folder.resolve("a.tree"), text);
    }
}
