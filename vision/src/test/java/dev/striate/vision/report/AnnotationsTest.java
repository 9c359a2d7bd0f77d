package dev.striate.vision.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnotationsTest {
    private static final List<String> LABELS = List.of("Käfer", "猫", "жук", "كلب");

    @Test
    void aBoxHasTheColourOfItsClassAtItsEdgesAndLeavesItsInsideAlone() {
        var drawn = Annotations.boxes(Picture.black(600, 500, 3),
                List.of(new BoxLabel(new Box(100, 200, 300, 400), 1, "")));
        assertThat(drawn.toString()).isEqualTo("600×500 RGB");
        for (var edge : new int[][] { { 100, 300 }, { 300, 300 }, { 200, 200 }, { 200, 400 } }) {
            assertThat(near(drawn, edge[0], edge[1], Palette.series(1))).isTrue();
        }
        assertThat(colour(drawn, 200, 300)).isZero();
        assertThat(colour(drawn, 50, 50)).isZero();
    }

    @Test
    void linesAndLettersFollowThePicturesSize() {
        var small = Annotations.boxes(Picture.black(600, 600, 1), List.of(label(new Box(100, 300, 500, 500), 0)));
        var large = Annotations.boxes(Picture.black(2400, 2400, 1), List.of(label(new Box(400, 1200, 2000, 2000), 0)));
        assertThat(count(large, Palette.series(0)) / (double) count(small, Palette.series(0))).isBetween(12.0, 20.0);
    }

    @Test
    void aPictureTooSmallForLettersIsEnlargedByAWholeNumber() {
        var drawn = Annotations.boxes(Picture.black(32, 28, 3), List.of(label(new Box(8, 8, 24, 24), 0)));
        assertThat(drawn.toString()).isEqualTo("480×420 RGB");
        assertThat(near(drawn, 8 * 15, 16 * 15, Palette.series(0))).isTrue();
    }

    @Test
    void aFrameKeepsItsSizeAndHasNoLettersWhereTheyWouldHideIt() {
        var tiny = Annotations.boxesAtItsSize(Picture.black(100, 80, 3), List.of(label(new Box(20, 30, 80, 70), 0)));
        assertThat(tiny.toString()).isEqualTo("100×80 RGB");
        assertThat(near(tiny, 20, 50, Palette.series(0))).isTrue();
        assertThat(count(tiny, Palette.series(0))).as("lines of two pixels").isLessThanOrEqualTo(2 * 2 * (60 + 40) + 8);
        var small = Annotations.boxesAtItsSize(Picture.black(200, 160, 3), List.of(label(new Box(20, 60, 80, 140), 0)));
        assertThat(small.toString()).isEqualTo("200×160 RGB");
        assertThat(count(small, Palette.series(0))).as("a label, too").isGreaterThan(2 * 2 * (60 + 80) + 200);
    }

    @Test
    void labelsOfEqualBoxesDoNotHideOneAnother() {
        var box = new Box(150, 150, 450, 350);
        var both = Annotations.boxes(Picture.black(600, 500, 3), List.of(label(box, 0), label(box, 1)));
        var first = Annotations.boxes(Picture.black(600, 500, 3), List.of(label(box, 0)));
        assertThat(count(both, Palette.series(1))).isGreaterThan(400);
        assertThat(count(both, Palette.series(0))).isGreaterThan((int) (0.9 * count(first, Palette.series(0))));
    }

    @Test
    void aLabelStaysWithinThePicture() {
        var corner = List.of(label(new Box(560, 0, 600, 30), 0), label(new Box(-50, 470, 20, 600), 1),
                new BoxLabel(new Box(0, 0, 600, 500), 2, "a name that is too long ".repeat(20)));
        var drawn = Annotations.boxes(Picture.black(600, 500, 3), corner);
        for (var k = 0; k < 3; k++) assertThat(count(drawn, Palette.series(k))).isGreaterThan(500);
    }

    /// Each box of 40 pixels is seen whole: between its lines nothing is painted.
    @Test
    void labelsHideNoSmallBoxes() {
        var boxes = List.of(new Box(100, 200, 140, 240), new Box(150, 205, 190, 245), new Box(110, 150, 150, 190));
        var drawn = Annotations.boxes(Picture.black(600, 500, 3), boxes.stream().map(box -> label(box, 0)).toList());
        for (var box : boxes) {
            for (var y = (int) box.top() + 4; y < box.bottom() - 4; y++) {
                for (var x = (int) box.left() + 4; x < box.right() - 4; x++) assertThat(colour(drawn, x, y)).isZero();
            }
        }
    }

    @Test
    void aBoxOutsideThePictureIsNotDrawn() {
        var black = Picture.black(600, 500, 3);
        assertThat(Annotations.boxes(black, List.of(label(new Box(700, 10, 800, 20), 0)))).isEqualTo(black);
    }

    @Test
    void marksOfAnyScriptAreToldApart() {
        var black = Picture.black(600, 500, 3);
        var box = new Box(100, 100, 200, 200);
        assertThat(Annotations.boxes(black, List.of(new BoxLabel(box, 0, "猫"))))
                .isNotEqualTo(Annotations.boxes(black, List.of(new BoxLabel(box, 0, "犬"))));
    }

    @Test
    void boxesAreNamedByTheirClasses() {
        var objects = new Target.Objects(List.of(new Target.LabelledBox(new Box(0, 0, 1, 1), 3),
                new Target.LabelledBox(new Box(0, 0, 1, 1), 0, true)));
        assertThat(BoxLabel.of(objects, LABELS)).extracting(BoxLabel::text).containsExactly("كلب", "Käfer?");
        assertThat(BoxLabel.scored(new Box(0, 0, 1, 1), 1, LABELS, 0.967).text()).isEqualTo("猫 97 %");
        assertThatThrownBy(() -> BoxLabel.scored(new Box(0, 0, 1, 1), 4, LABELS, 1))
                .isInstanceOf(StriateException.class)
                .hasMessage("A box of one of 4 classes was expected; received class 4.");
    }

    @Test
    void aMaskIsStretchedOverThePictureInTheColoursOfVoc() {
        var mask = new Target.Mask(new Size(1, 3), new byte[] { 0, 1, (byte) 255 });
        var drawn = Annotations.mask(Picture.black(600, 100, 1), mask, LABELS, 1);
        assertThat(drawn.width()).isEqualTo(600);
        assertThat(drawn.height()).as("the legend").isBetween(115, 200);
        assertThat(colour(drawn, 199, 50)).isZero();
        assertThat(colour(drawn, 200, 50)).isEqualTo(0x800000);
        assertThat(colour(drawn, 399, 99)).isEqualTo(0x800000);
        assertThat(colour(drawn, 400, 0)).isEqualTo(0xe0e0e0);
    }

    /// Half of grey 100 and half of (128, 0, 0).
    @Test
    void opacityMixesThePictureWithTheMask() {
        var grey = new Picture(1, 1, 1, new byte[] { 100 });
        var mask = new Target.Mask(new Size(1, 1), new byte[] { 1 });
        assertThat(colour(Annotations.mask(grey, mask, LABELS, 0.5), 5, 5)).isEqualTo(114 << 16 | 50 << 8 | 50);
        assertThat(colour(Annotations.mask(grey, mask, LABELS, 0), 5, 5)).isEqualTo(0x646464);
        assertThatThrownBy(() -> Annotations.mask(grey, mask, LABELS, 1.5))
                .hasMessage("An opacity is from 0 to 1; received 1.5.");
    }

    @Test
    void aMaskOfMoreClassesThanThereAreLabelsIsRefused() {
        var mask = new Target.Mask(new Size(1, 2), new byte[] { 0, 4 });
        assertThatThrownBy(() -> Annotations.mask(Picture.black(9, 9, 3), mask, LABELS, 0.5))
                .isInstanceOf(StriateException.class)
                .hasMessage("A mask of 4 classes was expected; received class 4.");
    }

    private static BoxLabel label(Box box, int label) {
        return BoxLabel.scored(box, label, LABELS, 0.9);
    }

    private static boolean near(Picture picture, int x, int y, int colour) {
        return IntStream.rangeClosed(-1, 1).anyMatch(dx -> IntStream.rangeClosed(-1, 1)
                .anyMatch(dy -> colour(picture, x + dx, y + dy) == colour));
    }

    private static int count(Picture picture, int colour) {
        return (int) IntStream.range(0, picture.width() * picture.height())
                .filter(i -> colour(picture, i % picture.width(), i / picture.width()) == colour).count();
    }

    private static int colour(Picture picture, int x, int y) {
        return picture.at(x, y, 0) << 16 | picture.at(x, y, 1) << 8 | picture.at(x, y, 2);
    }
}
