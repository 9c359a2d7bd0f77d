package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class StylizeTest {
    private final Striate striate = new Striate();

    @TempDir
    Path folder;

    @BeforeEach
    void givenAModelAndPictures() {
        Untrained.write(folder.resolve("model.safetensors"), "resnet20", "scenes-one", "classify");
        for (var i = 0; i < 2; i++) Pictures.write(DataSets.open("scenes-one").test().picture(i), picture(i));
    }

    @Test
    void paintsAPictureOfTheSizeAskedFor() {
        var result = striate.json(stylize("--size 40 --steps 2 --optimizer adam --start noise --keep-colours"));
        assertThat(result.get("steps").asInt()).isEqualTo(2);
        assertThat(Pictures.read(out()).width()).isEqualTo(40);
        assertThat(striate.err()).contains("predicted memory").contains("step 1/2");
    }

    @Test
    void refusesWhatDoesNotFit() {
        striate.refuses(1, "a weight for each of 1 pictures; received 2", stylize("--blend 1,2"));
        striate.refuses(1, "A layer of resnet20 was expected; received 'conv9_1'", stylize("--style-layers conv9_1=1"));
        assertThat(out()).doesNotExist();
    }

    private String stylize(String options) {
        return "stylize " + picture(0) + " " + picture(1) + " --model " + folder.resolve("model.safetensors")
                + " --out "
                + out() + " --device cpu " + options;
    }

    private Path picture(int index) {
        return folder.resolve("picture" + index + ".png");
    }

    private Path out() {
        return folder.resolve("painted.png");
    }
}
