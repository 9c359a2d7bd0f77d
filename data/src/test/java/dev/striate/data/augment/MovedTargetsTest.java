package dev.striate.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Varied;
import dev.striate.data.scene.Scenes;
import dev.striate.data.set.Targets;
import dev.striate.data.set.Visibility;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Augmentation.HorizontalFlip;
import dev.striate.recipe.Augmentation.PadCrop;
import dev.striate.recipe.Augmentation.RandomCrop;
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
import dev.striate.recipe.Preprocessing.Letterbox;
import dev.striate.recipe.Preprocessing.Stretch;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Shapes of scenes are drawn white on black, moved as pictures, and found again by their brightness: boxes and masks must
/// have gone the same way.
@Tag("native")
class MovedTargetsTest {
    private static final Size SIZE = new Size(120, 160);
    private static final Shape INPUT = new Shape(3, 96, 112);
    private static final Scenes ONE = Scenes.ONE.withSize(SIZE);
    private static final RandomStream STREAM = RandomStream.of(11);
    /// Brightness from which on a pixel is the shape's.
    private static final int HALF = 128;
    /// Points a pixel wide fade to this where they are interpolated.
    private static final int FAINT = 24;
    private static final int TRIALS = 30;

    static Stream<Arguments> ways() {
        var moving = Stream.of(new HorizontalFlip(1), new VerticalFlip(1), new PadCrop(12), new Translation(0.2),
                new Rotation(60), new Scaling(0.7, 1.4), new Shear(25), new RandomCrop(new Size(96, 112)),
                new RandomResizedCrop(0.3, 1, 0.75, 1.33, false), new ScaleJitter(80, 110),
                new RandomResizedCrop(0.3, 1, 0.75, 1.33, true))
                .flatMap(each -> Stream.of(new Stretch(), new Letterbox(0))
                        .map(fit -> Arguments.of(List.of(each), fit)));
        var fits = Stream.of(new Stretch(), new Letterbox(0), new CenterCrop(112))
                .map(fit -> Arguments.of(List.of(), fit));
        // What one step cuts off, the next does not bring back.
        var chains = Stream.of(
                Arguments.of(List.of(new ScaleJitter(100, 130), new RandomCrop(new Size(96, 112)),
                        new HorizontalFlip(0.5), new Rotation(20), new Translation(0.1)), new Stretch()),
                Arguments.of(List.of(new Scaling(1.5, 2), new Scaling(0.4, 0.5)), new CenterCrop(150)),
                Arguments.of(List.of(new Rotation(90), new Shear(30), new PadCrop(20)), new CenterCrop(112)));
        return Stream.of(moving, fits, chains).flatMap(each -> each);
    }

    /// Every pixel inside the shape is the mask's, and every pixel of the mask is the shape's or next to it.
    @ParameterizedTest
    @MethodSource("ways")
    void masksCoverTheMovedShape(List<Augmentation> augmentations, Fit fit) {
        var inside = 0;
        for (var i = 0; i < TRIALS; i++) {
            var varied = varied(i, fit, augmentations);
            var mask = (Mask) Targets.moved(ONE.mask(STREAM, i), varied, Visibility.USUAL);
            for (var p = 0; p < mask.classes().length; p++) {
                var isMask = mask.classes()[p] != 0 && Byte.toUnsignedInt(mask.classes()[p]) != Mask.IGNORED;
                if (isMask) assertThat(near(varied.picture(), p, FAINT)).as("picture %d, pixel %d", i, p).isPositive();
                if (near(varied.picture(), p, HALF) < 9) continue;
                assertThat(isMask).as("picture %d, pixel %d", i, p).isTrue();
                inside++;
            }
        }
        assertThat(inside).isGreaterThan(TRIALS * 100);
    }

    /// Without turns a box that is not cut is as tight as before, to a pixel of interpolation.
    @ParameterizedTest
    @MethodSource("ways")
    void boxesHoldTheMovedShape(List<Augmentation> augmentations, Fit fit) {
        var turns = augmentations.stream().anyMatch(each -> each instanceof Rotation || each instanceof Shear);
        var isOneStep = augmentations.size() < 2;
        var tight = 0;
        for (var i = 0; i < TRIALS; i++) {
            var varied = varied(i, fit, augmentations);
            var moved = (Target.Objects) Targets.moved(ONE.objects(STREAM, i), varied, Visibility.USUAL);
            if (moved.boxes().isEmpty()) continue;
            var box = moved.boxes().getFirst().box();
            var clear = extent(varied.picture(), HALF);
            assertThat(outermost(box, clear)).as("picture %d: %s around %s", i, box, clear).isLessThan(1.6);
            if (turns || !isOneStep || isAtAnEdge(box)) continue;
            tight++;
            var faint = extent(varied.picture(), FAINT);
            assertThat(outermost(faint, box)).as("picture %d: %s within %s", i, box, faint).isLessThan(1.6);
        }
        if (!turns && isOneStep) assertThat(tight).isGreaterThan(TRIALS / 4);
    }

    private static boolean isAtAnEdge(Box box) {
        return box.left() < 1 || box.top() < 1 || box.right() > INPUT.width() - 1 || box.bottom() > INPUT.height() - 1;
    }

    @Test
    void aBoxThatIsTurnedBecomesTheSmallestAboutItsCorners() {
        // A square of 10 turned by 45° is 10√2 wide.
        var turn = new Affine(Math.sqrt(0.5), -Math.sqrt(0.5), 0, Math.sqrt(0.5),
                Math.sqrt(0.5), 0).about(50, 50);
        var moved = moved(new Box(45, 45, 55, 55), turn);
        assertThat(moved.getFirst().box().width()).isCloseTo(10 * Math.sqrt(2), within(1e-9));
        assertThat(moved.getFirst().box().centerX()).isCloseTo(50, within(1e-9));
    }

    @Test
    void anObjectOfWhichLessThanAFifthOrTwoPixelsIsLeftIsDropped() {
        // Of 50 columns 10 stay, a fifth; then 9.
        assertThat(moved(new Box(50, 10, 100, 60), Affine.moved(-90, 0)))
                .containsExactly(new LabelledBox(new Box(0, 10, 10, 60), 3));
        assertThat(moved(new Box(50, 10, 100, 60), Affine.moved(-91, 0))).isEmpty();
        // All of it stays, two pixels high; then less.
        assertThat(moved(new Box(20, 20, 60, 40), Affine.scaled(0.1, 0.1))).hasSize(1);
        assertThat(moved(new Box(20, 20, 60, 40), Affine.scaled(0.1, 0.09))).isEmpty();
    }

    @Test
    void whatWasCutOffDoesNotComeBack() {
        // The left half leaves the picture, and the rest goes back to its place.
        var varied = new Varied(Picture.black(100, 100, 1), Affine.IDENTITY)
                .moved(Picture.black(100, 100, 1), Affine.moved(-50, 0))
                .moved(Picture.black(100, 100, 1), Affine.moved(50, 0));
        var boxes = new Target.Objects(List.of(new LabelledBox(new Box(40, 10, 60, 20), 0),
                new LabelledBox(new Box(10, 10, 45, 20), 0)));
        assertThat(Targets.moved(boxes, varied, Visibility.USUAL))
                .isEqualTo(new Target.Objects(List.of(new LabelledBox(new Box(50, 10, 60, 20), 0))));
        var mask = (Mask) Targets.moved(new Mask(Size.square(100), new byte[10_000]), varied, Visibility.USUAL);
        assertThat(mask.at(49, 5)).isEqualTo(Mask.IGNORED);
        assertThat(mask.at(50, 5)).isZero();
    }

    @Test
    void aLetterboxIsUndoneByItsInverse() {
        var preparation = new Preparation(Preprocessing.plain(new Shape(3, 416, 416), new Letterbox(127)));
        var placement = preparation.placement(new Size(480, 640));
        // 640×480 becomes 416×312, with 52 rows of grey above and below.
        assertThat(placement.of(new Box(0, 0, 640, 480))).isEqualTo(new Box(0, 52, 416, 364));
        var back = placement.inverse().of(placement.of(new Box(100, 50, 300, 200)));
        assertThat(back.left()).isCloseTo(100, within(1e-9));
        assertThat(back.bottom()).isCloseTo(200, within(1e-9));
    }

    private static List<LabelledBox> moved(Box box, Affine placement) {
        return ((Target.Objects) Targets.moved(new Target.Objects(List.of(new LabelledBox(box, 3))), placement,
                Size.square(100), Visibility.USUAL)).boxes();
    }

    private static Varied varied(int number, Fit fit, List<Augmentation> augmentations) {
        var preparation = new Preparation(Preprocessing.plain(INPUT, fit));
        return Augmentations.of(augmentations, preparation).vary(white(ONE.mask(STREAM, number)),
                RandomStream.of(5).at(number).draws());
    }

    /// The shape in white on black.
    private static Picture white(Mask mask) {
        var picture = Picture.black(mask.size().width(), mask.size().height(), 3);
        for (var i = 0; i < picture.pixels().length; i++) {
            picture.pixels()[i] = mask.classes()[i / 3] == 0 ? 0 : (byte) 255;
        }
        return picture;
    }

    /// How many of a pixel and its eight neighbours are at least so bright; none is beyond the picture.
    private static int near(Picture picture, int pixel, int brightness) {
        var x = pixel % picture.width();
        var y = pixel / picture.width();
        var count = 0;
        for (var row = Math.max(0, y - 1); row <= Math.min(picture.height() - 1, y + 1); row++) {
            for (var column = Math.max(0, x - 1); column <= Math.min(picture.width() - 1, x + 1); column++) {
                if (picture.at(column, row, 0) >= brightness) count++;
            }
        }
        return count;
    }

    private static Box extent(Picture picture, int brightness) {
        var xs = new ArrayList<Integer>();
        var ys = new ArrayList<Integer>();
        for (var p = 0; p < picture.width() * picture.height(); p++) {
            if ((picture.pixels()[3 * p] & 0xff) < brightness) continue;
            xs.add(p % picture.width());
            ys.add(p / picture.width());
        }
        if (xs.isEmpty()) return new Box(50, 50, 50, 50);
        return new Box(xs.stream().mapToInt(x -> x).min().orElse(0), ys.stream().mapToInt(y -> y).min().orElse(0),
                xs.stream().mapToInt(x -> x).max().orElse(0) + 1, ys.stream().mapToInt(y -> y).max().orElse(0) + 1);
    }

    /// How many pixels `inner` reaches out of `outer` at most.
    private static double outermost(Box outer, Box inner) {
        return Math.max(Math.max(outer.left() - inner.left(), outer.top() - inner.top()),
                Math.max(inner.right() - outer.right(), inner.bottom() - outer.bottom()));
    }
}
