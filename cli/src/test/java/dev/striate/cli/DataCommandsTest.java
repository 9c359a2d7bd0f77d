package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands around a training: what goes into it, what rate, what it learned, and what set two of them apart.
@Tag("native")
class DataCommandsTest {
    private static final int PER_CLASS = 8;
    private final Striate striate = new Striate();

    @TempDir
    Path folder;
    private Path pictures;

    @BeforeEach
    void drawPictures() throws IOException {
        pictures = Striate.pictures(folder.resolve("pictures"), PER_CLASS);
    }

    @Test
    void theDoctorFindsGoodPicturesSoundAndABrokenOneNot() throws IOException {
        var sound = striate.json("doctor " + pictures);
        assertThat(sound.at("/parts/train/dark").asInt()).isEqualTo(PER_CLASS);
        assertThat(sound.get("findings")).isEmpty();

        var broken = pictures.resolve("test/light/3.png");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 400));
        var page = folder.resolve("page.html");
        assertThat(striate.execute("doctor " + pictures + " --html " + page)).isEqualTo(1);
        assertThat(striate.out()).contains("error: 1 of 32 pictures cannot be read", broken.toString(), "cut off");
        assertThat(page).content().contains("<h1>", broken.getFileName().toString());
        assertThat(striate.json("doctor " + pictures + " --limit 2").get("findings")).isEmpty();
    }

    @Test
    void thePreviewIsAPicture() {
        var out = folder.resolve("preview.png");
        assertThat(striate.execute("preview " + pictures + " --recipe googlenet --rows 2 --out " + out)).isZero();
        assertThat(Pictures.read(out).width()).isGreaterThan(8 * 28);
        striate.refuses(1, "There is no recipe 'vvg'", "preview " + pictures + " --recipe vvg --out " + out);
    }

    @Test
    void theRateSearchSuggestsARateAndDrawsIt() {
        var out = folder.resolve("rates.png");
        var found = striate.json("lr-find --model lenet5 --data " + pictures + " --recipe quick --batch 8 --steps 12 "
                + "--device cpu --out " + out);
        assertThat(found.get("suggestion").asDouble()).isBetween(1e-7, 1.0);
        assertThat(found.get("points").size()).isBetween(2, 12);
        assertThat(out).exists();
    }

    @Test
    void theNearestPictureToOneIsItself() {
        var run = train("run", 1);
        var file = folder.resolve("features.safetensors");
        var dark = pictures.resolve("test/dark");
        var light = pictures.resolve("test/light");
        var saved = striate.json("features " + run + " " + dark.resolve("0.png") + " " + dark.resolve("1.png") + " "
                + light.resolve("0.png") + " --layer relu4 --device cpu --out " + file);
        assertThat(saved.get("pictures").asInt()).isEqualTo(3);
        var near = striate.json("similar " + file + " " + dark.resolve("1.png") + " --top 2 --device cpu");
        assertThat(near).hasSize(2);
        assertThat(near.get(0).get("picture").asString()).isEqualTo(dark.resolve("1.png").toString());
        assertThat(striate.execute("similar " + file + " " + light.resolve("3.png") + " --device cpu")).isZero();
        assertThat(striate.out().lines()).hasSize(1 + 3);
        var whole = striate
                .json("features " + run + " --data " + pictures + " --layer relu4 --device cpu --out " + file);
        assertThat(whole.get("pictures").asInt()).isEqualTo(2 * PER_CLASS);
        striate.refuses(1, "the last of which are", "features " + run + " --data " + pictures + " --layer no --out x");
        striate.refuses(1, "received neither", "features " + run + " --layer relu4 --out " + file);
        striate.refuses(1, "holds none", "similar " + run.resolve("model.safetensors") + " " + dark.resolve("0.png"));
    }

    @Test
    void twoRunsDifferInWhatWasToldDifferently() {
        var one = train("one", 1);
        var two = train("two", 2);
        var rows = striate.json("diff " + one + " " + two);
        assertThat(rows.findValuesAsString("setting")).contains("recipe.start.seed").doesNotContain("data");
        assertThat(striate.execute("diff " + one + " " + one)).isZero();
        assertThat(striate.out()).contains("same settings");
    }

    @Test
    void tenViewsAreAveraged() {
        var run = train("run", 1);
        for (var views : new String[] { "centre", "flip", "ten", "recipe" }) {
            var evaluated = striate.json("evaluate " + run + " --views " + views + " --device cpu");
            assertThat(evaluated.get("pictures").asInt()).as(views).isEqualTo(2 * PER_CLASS);
        }
        striate.refuses(2, "expected one of", "evaluate " + run + " --views eleven");
    }

    private Path train(String name, int seed) {
        var run = folder.resolve(name);
        striate.json("train --model lenet5 --data " + pictures + " --recipe quick --batch 8 --epochs 1 --seed " + seed
                + " --device cpu --out " + run);
        return run;
    }
}
