package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Picture;
import dev.striate.data.set.Splits;
import dev.striate.graph.Shape;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class PreviewTest {
    private static final Shape INPUT = new Shape(3, Sample.SIDE, Sample.SIDE);

    @TempDir
    private Path folder;
    private Splits splits;

    @BeforeEach
    void makePictures() throws IOException {
        splits = Sample.open(Sample.pictures(folder.resolve("data"), 4));
    }

    @Test
    void showsARowForEachPicture() {
        assertThat(draw(plain(), 3).height()).isGreaterThan(draw(plain(), 1).height());
        assertThat(draw(plain(), 100)).as("no more rows than pictures").isEqualTo(draw(plain(), 8));
    }

    @Test
    void showsWhatTheRecipeDoesAndTheSameEachTime() {
        var turned = plain().withAugmentations(List.of(new Augmentation.Rotation(40)));
        assertThat(draw(turned, 2)).isEqualTo(draw(turned, 2)).isNotEqualTo(draw(plain(), 2));
    }

    private static Recipe plain() {
        return Sample.recipe(1).withAugmentations(List.of());
    }

    private Picture draw(Recipe recipe, int rows) {
        return Preview.draw(splits.train(), recipe, INPUT, rows);
    }
}
