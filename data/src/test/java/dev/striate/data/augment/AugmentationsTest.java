package dev.striate.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Varied;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Augmentation.ColourJitter;
import dev.striate.recipe.Augmentation.Greyscale;
import dev.striate.recipe.Augmentation.HorizontalFlip;
import dev.striate.recipe.Augmentation.Lighting;
import dev.striate.recipe.Augmentation.MixUp;
import dev.striate.recipe.Augmentation.PadCrop;
import dev.striate.recipe.Augmentation.PhotometricDistortion;
import dev.striate.recipe.Augmentation.RandomCrop;
import dev.striate.recipe.Augmentation.RandomErasing;
import dev.striate.recipe.Augmentation.RandomResizedCrop;
import dev.striate.recipe.Augmentation.Rotation;
import dev.striate.recipe.Augmentation.ScaleJitter;
import dev.striate.recipe.Augmentation.Scaling;
import dev.striate.recipe.Augmentation.Shear;
import dev.striate.recipe.Augmentation.Translation;
import dev.striate.recipe.Augmentation.VerticalFlip;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.CenterCrop;
import dev.striate.recipe.Preprocessing.Fit;
import dev.striate.recipe.Preprocessing.Stretch;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationsTest {
    private static final Shape INPUT = new Shape(3, 32, 32);
    private static final int TRIALS = 400;

    @Test
    void flipsLeftToRightAsOftenAsAsked() {
        var picture = noise(32, 32);
        var flipped = trials(new HorizontalFlip(0.25)).filter(varied -> {
            assertThat(varied).isIn(picture, Pictures.mirrored(picture));
            return varied.equals(Pictures.mirrored(picture));
        }).count();
        // Binomial with mean 100 and deviation 8.7.
        assertThat(flipped).isBetween(60L, 140L);
    }

    @Test
    void flipsTopToBottom() {
        var varied = vary(noise(32, 32), 0, new VerticalFlip(1));
        assertThat(varied.at(3, 0, 1)).isEqualTo(noise(32, 32).at(3, 31, 1));
        assertThat(varied.at(3, 30, 1)).isEqualTo(noise(32, 32).at(3, 1, 1));
    }

    @Test
    void makesAllChannelsGrey() {
        assertThat(vary(noise(32, 32), 0, new Greyscale(1))).isEqualTo(Pictures.rgb(Pictures.grey(noise(32, 32))));
    }

    @Test
    void padsWithBlackAndCropsAtEveryOffset() {
        var offsets = new HashSet<String>();
        for (var i = 0; i < TRIALS; i++) {
            var varied = varied(noise(32, 32), i, new Stretch(), new PadCrop(2));
            var x = (int) -varied.placement().x0();
            var y = (int) -varied.placement().y0();
            offsets.add(x + "," + y);
            assertThat(varied.picture()).isEqualTo(Pictures.window(noise(32, 32), x, y, 32, 32, false));
        }
        assertThat(offsets).hasSize(25);
    }

    @Test
    void cropsAPartOfTheDecodedPictureInsteadOfFittingIt() {
        var picture = noise(40, 36);
        for (var i = 0; i < 50; i++) {
            var varied = varied(picture, i, new CenterCrop(34), new RandomCrop(Size.square(32)));
            var x = (int) -varied.placement().x0();
            var y = (int) -varied.placement().y0();
            assertThat(x).isBetween(0, 8);
            assertThat(y).isBetween(0, 4);
            assertThat(varied.picture()).isEqualTo(Pictures.window(picture, x, y, 32, 32, false));
        }
    }

    @Test
    @Tag("native")
    void resizedCropsKeepToAreaAndAspect() {
        var picture = noise(100, 80);
        for (var i = 0; i < TRIALS; i++) {
            var varied = varied(picture, i, new Stretch(), new RandomResizedCrop(0.1, 0.5, 0.75, 4.0 / 3, true));
            var width = 32 / varied.placement().xx();
            var height = 32 / varied.placement().yy();
            // Sides are rounded to pixels, so the smallest, 25 by 32, are right to 2 %.
            assertThat(width * height / 8000).isBetween(0.1 * 0.95, 0.5 * 1.05);
            assertThat(width / height).isBetween(0.75 * 0.95, 4.0 / 3 * 1.05);
        }
    }

    @Test
    @Tag("native")
    void scaleJitterResizesTheShorterSideWithinItsRange() {
        var sides = new HashSet<Long>();
        for (var i = 0; i < TRIALS; i++) {
            var varied = varied(noise(80, 60), i, new Stretch(), new ScaleJitter(32, 40),
                    new RandomCrop(Size.square(32)));
            sides.add(Math.round(varied.placement().yy() * 60));
        }
        assertThat(sides).containsExactlyInAnyOrder(32L, 33L, 34L, 35L, 36L, 37L, 38L, 39L, 40L);
    }

    @Test
    void brightnessScalesAllValuesByOneFactor() {
        trials(grey(100), new ColourJitter(0.4, 0, 0, 0)).forEach(varied -> {
            assertThat(varied.at(0, 0, 0)).isBetween(60, 140);
            assertThat(varied.pixels()).containsOnly(varied.pixels()[0]);
        });
    }

    @Test
    void contrastLeavesTheMeanGreyAlone() {
        // Half 50, half 150: the mean is 100, and both halves stay as far from it as each other.
        var picture = grey(50);
        for (var i = 0; i < picture.pixels().length / 2; i++) picture.pixels()[i] = (byte) 150;
        var seen = new HashSet<Integer>();
        trials(picture, new ColourJitter(0, 0.8, 0, 0)).forEach(varied -> {
            var bright = varied.at(0, 0, 0);
            assertThat(bright).isBetween(110, 190);
            assertThat(varied.at(0, 31, 0)).isCloseTo(200 - bright, within(1));
            seen.add(bright);
        });
        assertThat(seen).hasSizeGreaterThan(20);
    }

    @Test
    void saturationKeepsTheGreyOfAPicture() {
        trials(noise(32, 32), new ColourJitter(0, 0, 0.2, 0)).limit(20).forEach(varied -> {
            var before = Pictures.grey(noise(32, 32));
            var after = Pictures.grey(varied);
            // Where no channel was cut off at 0 or 255.
            for (var i = 0; i < 1024; i++) {
                if (isInside(noise(32, 32), i)) {
                    assertThat(after.pixels()[i] & 0xff).isCloseTo(before.pixels()[i] & 0xff, within(2));
                }
            }
        });
    }

    @Test
    void turnsHues() {
        var colours = new Picture(4, 1, 3, new byte[] { -1, 0, 0, (byte) 200, 100, 50, 80, 80, 80, 0, 0, -1 });
        // A third of the circle makes red green, green blue, and blue red; grey has no hue.
        assertThat(Hues.turned(colours, 1 / 3.0).pixels())
                .containsExactly(0, -1, 0, 50, (byte) 200, 100, 80, 80, 80, -1, 0, 0);
        // A sixth makes red yellow. (200, 100, 50) has hue 20°, and 80° is (150, 200, 50).
        assertThat(Hues.turned(colours, 1 / 6.0).pixels()).startsWith(-1, -1, 0, (byte) 150, (byte) 200, 50);
    }

    @Test
    void lightingShiftsChannelsByTheComponentsOfImageNet() {
        var red = trials(grey(128), new Lighting(0.1)).mapToDouble(varied -> {
            assertThat(varied.at(31, 31, 0)).isEqualTo(varied.at(0, 0, 0));
            return varied.at(0, 0, 0) - 128;
        }).toArray();
        var deviation = Math.sqrt(IntStream.range(0, red.length).mapToDouble(i -> red[i] * red[i]).average().orElse(0));
        // 0.1 × 255 × √((0.5675·0.2175)² + (0.7192·0.0188)² + (0.4009·0.0045)²) = 3.17, and 0.29 of rounding.
        assertThat(deviation).isCloseTo(3.18, within(0.4));
    }

    @Test
    void distortsHalfOfThePicturesBrightnessWhereAskedForHalf() {
        var unchanged = trials(grey(100), new PhotometricDistortion(0.5, 0, 0, 0, 0.5))
                .filter(varied -> varied.equals(grey(100))).count();
        assertThat(unchanged).isBetween(150L, 250L);
    }

    @Test
    void erasesAShareOfTheAreaWithNoise() {
        trials(grey(0), new RandomErasing(1, 0.1, 0.3, 0.5, 2)).forEach(varied -> {
            var changed = IntStream.range(0, 1024).filter(i -> varied.pixels()[3 * i] != 0
                    || varied.pixels()[3 * i + 1] != 0).count();
            assertThat(changed / 1024.0).isBetween(0.08, 0.33);
        });
    }

    @ParameterizedTest
    @Tag("native")
    @MethodSource("movements")
    void saysWhereEachPointWent(Augmentation movement, Fit fit) {
        var random = new Random(3);
        for (var i = 0; i < 50; i++) {
            var x = 14 + random.nextInt(20);
            var y = 14 + random.nextInt(12);
            var varied = varied(dot(48, 40, x, y), i, fit, movement);
            var expectedX = varied.placement().x(x + 0.5, y + 0.5);
            var expectedY = varied.placement().y(x + 0.5, y + 0.5);
            if (Math.min(expectedX, expectedY) < 4 || Math.max(expectedX, expectedY) > 28) continue;
            var centre = centroid(varied.picture());
            assertThat(centre[0]).isCloseTo(expectedX, within(0.6));
            assertThat(centre[1]).isCloseTo(expectedY, within(0.6));
        }
    }

    static Stream<Arguments> movements() {
        return Stream.of(new HorizontalFlip(1), new VerticalFlip(1), new PadCrop(4), new Translation(0.2),
                new Rotation(45), new Scaling(0.8, 1.3), new Shear(20), new RandomCrop(Size.square(32)),
                new RandomResizedCrop(0.5, 1, 0.75, 1.33, false), new ScaleJitter(32, 36))
                .flatMap(movement -> Stream.of(new Stretch(), new CenterCrop(36))
                        .map(fit -> Arguments.of(movement, fit)));
    }

    @Test
    void givesTheSameForTheSameDraws() {
        var all = new Augmentation[] { new PadCrop(4), new HorizontalFlip(0.5), new ColourJitter(0.4, 0.4, 0.4, 0.1),
                new Lighting(0.1), new RandomErasing(0.5, 0.02, 0.4, 0.3, 3.3) };
        assertThat(vary(noise(32, 32), 5, all)).isEqualTo(vary(noise(32, 32), 5, all));
        assertThat(vary(noise(32, 32), 5, all)).isNotEqualTo(vary(noise(32, 32), 6, all));
    }

    @Test
    void leavesMixturesOfBatchesToOthers() {
        assertThat(vary(noise(32, 32), 0, new MixUp(0.2))).isEqualTo(noise(32, 32));
    }

    private static Stream<Picture> trials(Augmentation augmentation) {
        return trials(noise(32, 32), augmentation);
    }

    private static Stream<Picture> trials(Picture picture, Augmentation augmentation) {
        return IntStream.range(0, TRIALS).mapToObj(i -> vary(picture, i, augmentation));
    }

    private static Picture vary(Picture picture, int number, Augmentation... augmentations) {
        return varied(picture, number, new Stretch(), augmentations).picture();
    }

    private static Varied varied(Picture picture, int number, Fit fit, Augmentation... augmentations) {
        var preparation = new Preparation(Preprocessing.plain(INPUT, fit));
        return Augmentations.of(List.of(augmentations), preparation).vary(picture,
                RandomStream.of(1).at(number).draws());
    }

    private static boolean isInside(Picture picture, int pixel) {
        return IntStream.range(0, 3).map(c -> picture.pixels()[3 * pixel + c] & 0xff)
                .allMatch(value -> value > 60 && value < 195);
    }

    private static Picture noise(int width, int height) {
        var picture = Picture.black(width, height, 3);
        new Random(1).nextBytes(picture.pixels());
        return picture;
    }

    private static Picture grey(int value) {
        var picture = Picture.black(32, 32, 3);
        Arrays.fill(picture.pixels(), (byte) value);
        return picture;
    }

    /// Black, with a white square of 5×5 around a pixel.
    private static Picture dot(int width, int height, int x, int y) {
        var picture = Picture.black(width, height, 3);
        for (var row = y - 2; row <= y + 2; row++) {
            for (var i = 3 * (row * width + x - 2); i < 3 * (row * width + x + 3); i++) picture.pixels()[i] = -1;
        }
        return picture;
    }

    private static double[] centroid(Picture picture) {
        double sum = 0;
        double x = 0;
        double y = 0;
        for (var row = 0; row < picture.height(); row++) {
            for (var column = 0; column < picture.width(); column++) {
                var value = picture.at(column, row, 0);
                sum += value;
                x += value * (column + 0.5);
                y += value * (row + 0.5);
            }
        }
        return new double[] { x / sum, y / sum };
    }
}
