package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `striate predict` on more than one picture, some of them broken.
@Tag("native")
class ManyPicturesTest {
    private static final int PER_CLASS = 12;
    private final Striate striate = new Striate();

    @TempDir
    static Path folder;
    private static Path model;
    private static Path pictures;

    @BeforeAll
    static void givenAModelAndPictures() throws IOException {
        var all = Striate.pictures(folder.resolve("pictures"), PER_CLASS);
        pictures = all.resolve("test");
        var run = folder.resolve("run");
        new Striate().json("train --model lenet5 --data " + all + " --recipe quick --batch 8 --epochs 1 --device cpu "
                + "--out " + run);
        model = run.resolve("model.safetensors");
    }

    @Test
    void aFolderIsAnsweredInItsOrderAsItsPicturesAreOneByOne() {
        var answers = striate.json("predict " + model + " " + pictures);
        assertThat(answers).hasSize(2 * PER_CLASS);
        assertThat(names(answers)).isSorted().allMatch(name -> name.startsWith(pictures.toString()));
        for (var answer : answers) {
            assertThat(answer.get("failure").isNull()).isTrue();
            var alone = striate.json("predict " + model + " " + answer.get("picture").asString()).get(0);
            assertThat(answer.get("label")).isEqualTo(alone.get("label"));
            assertThat(answer.get("probability").asDouble()).isCloseTo(alone.get("probability").asDouble(),
                    within(1e-5));
        }
    }

    @Test
    void aPatternThatNoShellExpandedIsAnswered() {
        assertThat(names(striate.json("predict " + model + " " + pictures + "/dark/?.png --top 1"))).hasSize(10)
                .first().isEqualTo(pictures.resolve("dark/0.png").toString());
    }

    @Test
    void aListNamesPicturesInItsOrder() throws IOException {
        var listed = List.of("light/3.png", "dark/11.png", "light/0.png").stream()
                .map(name -> pictures.resolve(name).toString()).toList();
        var list = Files.write(folder.resolve("list.txt"), listed);
        assertThat(names(striate.json("predict " + model + " --from-list " + list))).isEqualTo(listed);
        assertThat(names(withInput(listed, "predict " + model + " -"))).isEqualTo(listed);
        assertThat(names(withInput(listed, "predict " + model + " --from-list -"))).isEqualTo(listed);
    }

    @Test
    void brokenAndMissingPicturesAreNamedAtTheEndAndTheOthersAnswered() throws IOException {
        var text = Files.writeString(folder.resolve("text.jpg"), "no picture at all");
        var line = "predict " + model + " " + pictures.resolve("dark/0.png") + " " + text + " " + pictures + "/light "
                + folder.resolve("gone.png");
        assertThat(striate.execute(line)).isEqualTo(1);
        assertThat(striate.out()).contains("dark/0.png", "light/11.png").doesNotContain("text.jpg", "gone.png");
        assertThat(striate.err().lines()).hasSize(3).first().isEqualTo("2 of 15 pictures could not be read:");
        assertThat(striate.err()).contains("text.jpg is none", "gone.png; there is no such file");

        var answers = striate.failing(1, line);
        assertThat(answers).hasSize(15);
        assertThat(answers.get(0).get("label").isNull()).isFalse();
        assertThat(answers.get(1).get("label").isNull()).isTrue();
        assertThat(answers.get(1).at("/failure/kind").asString()).isEqualTo("FILE");
        assertThat(answers.get(1).at("/failure/message").asString()).contains("text.jpg is none");
        assertThat(answers.get(14).at("/failure/message").asString()).contains("there is no such file");
    }

    @Test
    void refusesWhatNamesNoPicture() {
        striate.refuses(2, "Pictures are expected, as files, folders, patterns or by --from-list; received none.",
                "predict " + model);
        striate.refuses(1, "No file fits the pattern", "predict " + model + " " + pictures + "/*.gif");
        striate.refuses(1, "there is no such file", "predict " + model + " --from-list " + folder + "/none.txt");
    }

    @Test
    void aFailureIsAValueForProgramsToo() {
        var file = striate.failing(1, "evaluate absent.safetensors --data digits");
        assertThat(file.at("/failure/kind").asString()).isEqualTo("FILE");
        assertThat(file.at("/failure/message").asString()).isEqualTo("absent.safetensors does not exist.");
        assertThat(striate.failing(1, "describe convnet --input 3x2x2").at("/failure/kind").asString())
                .isEqualTo("NETWORK");
        assertThat(striate.failing(1, "predict " + model + " " + pictures + " --device cuda:64").at("/failure/kind")
                .asString()).isEqualTo("MACHINE");
        assertThat(striate.failing(2, "describe lenet").at("/failure/kind").asString()).isEqualTo("INPUT");
        assertThat(striate.failing(2, "models --jsno").at("/failure/message").asString()).contains("'--json'");
    }

    @Test
    void twoModelsDifferInTheirWeights() throws IOException {
        var same = striate.json("diff " + model + " " + folder.resolve("run"));
        assertThat(same.at("/weights/distance").asDouble()).isZero();
        assertThat(same.get("settings")).isEmpty();
        var other = folder.resolve("other");
        striate.json("train --model lenet5 --data " + folder.resolve("pictures")
                + " --recipe quick --batch 8 --epochs 1 --seed 3 --device cpu --out " + other);
        var both = striate.json("diff " + model + " " + other);
        assertThat(both.get("shapes")).isEmpty();
        assertThat(both.get("settings").findValuesAsString("setting")).containsExactly("recipe.start.seed");
        assertThat(both.at("/weights/relative").asDouble()).isBetween(0.01, 2.0);
        assertThat(striate.execute("diff " + model + " " + other)).isZero();
        assertThat(striate.out()).contains("common tensors differ", "c1.weight", "recipe.start.seed");
        assertThat(striate.execute("diff " + model + " " + model)).isZero();
        assertThat(striate.out()).contains("same layers and settings", "are equal");
        striate.refuses(1, "does not exist", "diff " + model + " " + folder.resolve("none.safetensors"));
    }

    private JsonNode withInput(List<String> lines, String line) {
        var before = System.in;
        var text = lines.stream().collect(Collectors.joining("\n", "", "\n"));
        System.setIn(new ByteArrayInputStream(text.getBytes(Charset.defaultCharset())));
        try {
            return striate.json(line);
        } finally {
            System.setIn(before);
        }
    }

    private static List<String> names(JsonNode answers) {
        return answers.findValuesAsString("picture");
    }
}
