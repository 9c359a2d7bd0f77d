package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Picture;
import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.data.set.Wrapped;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Recipe;
import dev.striate.target.Target;
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

    @Test
    void marksBoxesWhereTheyWent() {
        var scenes = DataSets.scenes(Scenes.ONE.withSize(Size.square(64)), false, 1, 3, 1).train();
        var marked = Preview.draw(scenes, plain(), new Shape(3, 64, 64), 1);
        assertThat(marked).isNotEqualTo(Preview.draw(new Bare(scenes), plain(), new Shape(3, 64, 64), 1));
        assertThat(Preview.draw(new Bare(scenes), plain(), new Shape(3, 64, 64), 1))
                .isEqualTo(Preview.draw(new Bare(scenes), plain(), new Shape(3, 64, 64), 1));
    }

    @Test
    void showsMosaicsBesideThePictureItself() {
        var scenes = DataSets.scenes(Scenes.ONE.withSize(Size.square(64)), false, 1, 5, 1).train();
        var joined = plain().withMosaic(new Augmentation.Mosaic(1));
        assertThat(Preview.draw(scenes, joined, new Shape(3, 64, 64), 2))
                .isEqualTo(Preview.draw(scenes, joined, new Shape(3, 64, 64), 2))
                .isNotEqualTo(Preview.draw(scenes, plain(), new Shape(3, 64, 64), 2));
    }

    /// The same pictures, of which nothing is known.
    private record Bare(DataSet whole) implements Wrapped {
        @Override
        public Target target(int index) {
            return new Target.None();
        }
    }

    private static Recipe plain() {
        return Sample.recipe(1).withAugmentations(List.of());
    }

    private Picture draw(Recipe recipe, int rows) {
        return Preview.draw(splits.train(), recipe, INPUT, rows);
    }
}
