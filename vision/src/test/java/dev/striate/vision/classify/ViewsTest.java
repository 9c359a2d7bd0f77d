package dev.striate.vision.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.Classified;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Shape;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Views;
import dev.striate.recipe.Views.Crops;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class ViewsTest {
    private static final int SIDE = 4;
    private static final Views TEN = new Views.MultiCrop(List.of(6), Crops.CORNERS_AND_CENTRE, true);

    @TempDir
    private Path folder;

    /// A picture of 9×6 whose every pixel tells its column and its row: view (0, 0) begins at column 0, row 0.
    @Test
    void tenCropsAreTheCornersAndTheMiddleAndTheirMirrorImages() {
        var views = views(TEN, marked(9, 6));
        var corners = views.stream().limit(5).map(view -> view.at(0, 0, 0)).toList();
        assertThat(corners).containsExactly(place(0, 0), place(5, 0), place(0, 2), place(5, 2), place(2, 1));
        var mirrored = views.stream().skip(5).map(view -> view.at(SIDE - 1, 0, 0)).toList();
        assertThat(mirrored).isEqualTo(corners);
    }

    @Test
    void googLeNetLooksAHundredAndFortyFourTimes() {
        var views = new Views.MultiCrop(List.of(6, 7, 8, 9), Crops.SQUARES, true);
        assertThat(views(views, marked(20, 9))).hasSize(144).hasSize(views.count()).allSatisfy(view -> {
            assertThat(view.width()).isEqualTo(SIDE);
            assertThat(view.height()).isEqualTo(SIDE);
        });
    }

    /// At the only side, 6, the squares of a 12×6 picture begin at columns 0, 3 and 6.
    @Test
    void theSquaresOfAWidePictureAreTheLeftTheMiddleAndTheRight() {
        var views = new Views.MultiCrop(List.of(6), Crops.SQUARES, false);
        var first = views(views, marked(12, 6)).stream().map(view -> view.at(0, 0, 0)).toList();
        assertThat(List.of(first.get(0), first.get(6), first.get(12))).containsExactly(place(0, 0), place(3, 0),
                place(6, 0));
    }

    @Test
    void cropsLargerThanTheResizedPictureAreRefused() {
        var small = new Views.MultiCrop(List.of(3), Crops.CORNERS_AND_CENTRE, false);
        assertThatThrownBy(() -> new Viewed(new Single(marked(9, 6)), preparation(), small))
                .isInstanceOf(StriateException.class).hasMessageContaining("received 3");
    }

    @Test
    void theProbabilityOfTenCropsIsTheMeanOfWhatEachSays() throws IOException {
        var data = Sample.pictures(folder.resolve("data"), 6);
        var splits = Sample.open(data);
        var model = Tasks.training(Sample.run(splits, data, 2), splits, folder.resolve("run"), Device.CPU,
                Event.Listener.none()).run().model();
        try (var classifier = Classifier.open(model, Device.CPU, Inference.Engine.TORCH)) {
            var views = new Views.MultiCrop(List.of(Sample.SIDE + 4), Crops.CORNERS_AND_CENTRE, true);
            var picture = splits.test().picture(0);
            var each = new Viewed(new Single(picture), classifier.preparation(), views);
            var mean = IntStream.range(0, 10).mapToDouble(i -> probability(classifier, each.picture(i))).average();
            var one = splits.test().subset(0);
            assertThat(Math.exp(-classifier.evaluate(one, views).loss())).isCloseTo(mean.orElseThrow(), within(1e-6));
            assertThat(classifier.evaluate(splits.test(), views).pictures()).isEqualTo(splits.test().size());
        }
    }

    /// Of the class of the first test picture, `level`.
    private static double probability(Classifier classifier, Picture view) {
        return classifier.predict(view).stream().filter(guess -> guess.label().equals("level")).findFirst()
                .orElseThrow().probability();
    }

    private static List<Picture> views(Views views, Picture picture) {
        var viewed = new Viewed(new Single(picture), preparation(), views);
        return IntStream.range(0, viewed.size()).mapToObj(viewed::picture).toList();
    }

    private static Picture marked(int width, int height) {
        var picture = Picture.black(width, height, 1);
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) picture.pixels()[y * width + x] = (byte) place(x, y);
        }
        return picture;
    }

    private static int place(int x, int y) {
        return 10 * x + y;
    }

    private static Preparation preparation() {
        return new Preparation(Preprocessing.plain(new Shape(1, SIDE, SIDE), new Preprocessing.Stretch()));
    }

    /// One picture of the first of two classes.
    private record Single(Picture only) implements Classified {
        @Override
        public List<String> classes() {
            return List.of("level", "upright");
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public String name(int index) {
            return "only";
        }

        @Override
        public Picture picture(int index) {
            return only;
        }
    }
}
