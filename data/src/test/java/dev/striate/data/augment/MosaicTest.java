package dev.striate.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.batch.Sample;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Preprocessing;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Objects;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MosaicTest {
    private static final int SIDE = 40;
    private static final Preparation PREPARATION = new Preparation(
            Preprocessing.plain(new Shape(1, SIDE, SIDE), new Preprocessing.Stretch()));
    private static final DataSet WHOLE = new Painted(9, new Box(0, 0, SIDE, SIDE));

    /// A corner that shows less than a fifth of its picture has no box.
    @Test
    void fillsThePictureWithFourPicturesWhoseBoxesGoWithThem() {
        var withAll = 0;
        for (var i = 0; i < 200; i++) {
            var mosaic = mosaic(WHOLE, 3, i);
            assertThat(mosaic.picture().at(0, 0, 0)).as("the picture itself").isEqualTo(4);
            var boxes = boxes(mosaic);
            for (var each : boxes) assertThat(isOneColour(mosaic, each)).as(each + " of " + boxes).isTrue();
            var missing = 4 - boxes.size();
            var free = SIDE * SIDE - boxes.stream().mapToDouble(each -> each.box().area()).sum();
            if (missing == 0) assertThat(free).isCloseTo(0, within(1e-9));
            else assertThat(free).isBetween(missing * 1.0, missing * (0.2 * SIDE * SIDE - 1) + 1e-9);
            if (missing == 0) withAll++;
        }
        assertThat(withAll).isPositive();
    }

    @Test
    void thePointLiesFromAFifthToFourFifthsOfEachSide() {
        var widths = new HashSet<Integer>();
        for (var i = 0; i < 2000; i++) {
            var mosaic = mosaic(WHOLE, 0, i).picture();
            var width = IntStream.range(0, SIDE).takeWhile(x -> mosaic.at(x, 0, 0) == 1).count();
            // Its neighbour may be the same picture.
            if (width < SIDE) widths.add((int) width);
        }
        assertThat(widths).containsExactlyInAnyOrderElementsOf(IntStream.range(8, 32).boxed().toList());
    }

    /// The square of 10×10 in the middle is cut by most corners; a fifth of it is 20 pixels.
    @Test
    void objectsOfWhichTooLittleIsLeftAreDropped() {
        var set = new Painted(9, new Box(15, 15, 25, 25));
        var dropped = 0;
        for (var i = 0; i < 300; i++) {
            var mosaic = mosaic(set, 2, i);
            var boxes = boxes(mosaic);
            var covered = 0.0;
            for (var each : boxes) {
                assertThat(each.box().area()).isGreaterThanOrEqualTo(20 - 1e-9);
                assertThat(Math.min(each.box().width(), each.box().height())).isGreaterThanOrEqualTo(2 - 1e-9);
                assertThat(isOneColour(mosaic, each)).as(each + " of " + boxes).isTrue();
                covered += each.box().area();
            }
            var seen = IntStream.range(0, mosaic.picture().pixels().length)
                    .filter(at -> mosaic.picture().pixels()[at] != 0).count();
            // What is seen of an object without a box is less than a fifth of it, or thinner than two pixels.
            assertThat(seen - covered).isBetween(-1e-9, (4 - boxes.size()) * 19 + 1e-9);
            if (seen - covered > 0.5) dropped++;
        }
        assertThat(dropped).isPositive();
    }

    @Test
    void dependsOnTheStreamOfThePictureAlone() {
        assertThat(mosaic(WHOLE, 3, 5)).isEqualTo(mosaic(WHOLE, 3, 5)).isNotEqualTo(mosaic(WHOLE, 3, 6));
    }

    @Test
    void happensAsOftenAsAsked() {
        var joined = IntStream.range(0, 400).filter(i -> !sample(WHOLE, 1, i, 0.25).picture().equals(WHOLE.picture(1)))
                .count();
        // Binomial with mean 100 and deviation 8.7.
        assertThat(joined).isBetween(60L, 140L);
    }

    /// What other augmentations draw is not changed by a mosaic that does not happen.
    @Test
    void leavesOtherPicturesAsTheyAre() {
        var stream = RandomStream.of(1).at(7);
        var flips = List.<Augmentation>of(new Augmentation.PadCrop(4));
        var both = List.<Augmentation>of(new Augmentation.PadCrop(4), new Augmentation.Mosaic(1e-9));
        assertThat(Augmentations.of(both, PREPARATION).sample(WHOLE, 2, stream))
                .isEqualTo(Augmentations.of(flips, PREPARATION).sample(WHOLE, 2, stream));
    }

    @Test
    void refusesPicturesWithoutBoxes() {
        var digits = DataSets.open("digits").test();
        assertThatThrownBy(() -> mosaic(digits, 0, 0)).isInstanceOf(StriateException.class)
                .hasMessageContaining("A mosaic expects pictures with boxes").hasMessageContaining("has a class");
    }

    private static Sample mosaic(DataSet set, int index, int number) {
        return sample(set, index, number, 1);
    }

    private static Sample sample(DataSet set, int index, int number, double probability) {
        return Augmentations.of(List.of(new Augmentation.Mosaic(probability)), PREPARATION).sample(set, index,
                RandomStream.of(11).at(number));
    }

    private static List<LabelledBox> boxes(Sample sample) {
        return ((Objects) sample.target()).boxes();
    }

    /// The colour that pictures of the label's number have.
    private static boolean isOneColour(Sample mosaic, LabelledBox each) {
        var box = each.box();
        for (var y = Math.round(box.top()); y < Math.round(box.bottom()); y++) {
            for (var x = Math.round(box.left()); x < Math.round(box.right()); x++) {
                if (mosaic.picture().at((int) x, (int) y, 0) != each.label() + 1) return false;
            }
        }
        return true;
    }

    /// Black pictures with one box, filled with the picture's number and one, which is its class too.
    private record Painted(int size, Box box) implements DataSet {
        @Override
        public List<String> classes() {
            return IntStream.range(0, size).mapToObj(String::valueOf).toList();
        }

        @Override
        public Target target(int index) {
            return new Objects(List.of(new LabelledBox(box, index)));
        }

        @Override
        public String name(int index) {
            return "painted#" + index;
        }

        @Override
        public Picture picture(int index) {
            var picture = Picture.black(SIDE, SIDE, 1);
            for (var y = (int) box.top(); y < box.bottom(); y++) {
                var from = y * SIDE + (int) box.left();
                Arrays.fill(picture.pixels(), from, from + (int) box.width(), (byte) (index + 1));
            }
            return picture;
        }
    }
}
