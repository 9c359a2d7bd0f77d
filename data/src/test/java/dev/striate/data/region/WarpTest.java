package dev.striate.data.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.region.Warp.Anisotropic;
import dev.striate.data.region.Warp.Square;
import dev.striate.data.region.Warp.SquareWithContext;
import dev.striate.graph.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WarpTest {
    private static final Size INPUT = Size.square(100);
    /// Twice as wide as high.
    private static final Box WIDE = new Box(10, 20, 30, 30);
    private static final int[] GREY = { 99 };

    /// 20 columns become 80 and 10 rows too: 4 and 8 pixels for one, so that 10 pixels of context are 2.5 columns, 1.25 rows.
    @Test
    void anisotropicStretchesEachSide() {
        var placement = new Anisotropic(10).placement(WIDE, INPUT);
        assertThat(placement.of(WIDE)).isEqualTo(new Box(10, 10, 90, 90));
        assertThat(placement.inverse().of(new Box(0, 0, 100, 100))).isEqualTo(new Box(7.5, 18.75, 32.5, 31.25));
    }

    /// Both sides four times as large: 10 rows become 40, in the middle.
    @Test
    void squaresKeepTheAspect() {
        assertThat(new SquareWithContext(10).placement(WIDE, INPUT).of(WIDE)).isEqualTo(new Box(10, 30, 90, 70));
        assertThat(new Square(10).placement(WIDE, INPUT).of(WIDE)).isEqualTo(new Box(10, 30, 90, 70));
    }

    @Test
    void onlyTheSquareAloneHidesTheSurroundings() {
        var whole = new Box(0, 0, 100, 100);
        assertThat(new Anisotropic(10).shown(WIDE, INPUT)).isEqualTo(whole);
        assertThat(new SquareWithContext(10).shown(WIDE, INPUT)).isEqualTo(whole);
        assertThat(new Square(10).shown(WIDE, INPUT)).isEqualTo(new Box(0, 20, 100, 80));
    }

    /// 227 less twice 16 are the paper's 195 pixels of the box itself.
    @Test
    void thePapersContextIsSixteenOf227() {
        assertThat(Warp.rcnn().placement(WIDE, Size.square(227)).of(WIDE)).isEqualTo(new Box(16, 16, 211, 211));
        assertThat(Warp.rcnn(227)).isEqualTo(Warp.rcnn());
        assertThat(Warp.rcnn(64)).isEqualTo(new Anisotropic(5));
    }

    @Test
    void aBoxOfTheInputsSizeIsCutOutAsItIs() {
        var cut = new Anisotropic(0).of(numbered(), new Box(1, 1, 3, 3), Size.square(2), GREY);
        assertThat(cut.pixels()).containsExactly(11, 12, 21, 22);
    }

    @Test
    void whatLiesBeyondThePictureIsFilled() {
        var cut = new Anisotropic(0).of(numbered(), new Box(-2, 0, 2, 4), Size.square(4), GREY);
        assertThat(cut.pixels()).containsExactly(99, 99, 0, 1, 99, 99, 10, 11, 99, 99, 20, 21, 99, 99, 30, 31);
    }

    @Test
    void aTallBoxHasItsSurroundingsOrAFillBesideIt() {
        var tall = new Box(1, 0, 3, 4);
        assertThat(new SquareWithContext(0).of(numbered(), tall, Size.square(4), GREY)).isEqualTo(numbered());
        assertThat(new Square(0).of(numbered(), tall, Size.square(4), GREY).pixels())
                .containsExactly(99, 1, 2, 99, 99, 11, 12, 99, 99, 21, 22, 99, 99, 31, 32, 99);
    }

    /// A column of 1 and one of 3, four times as wide and high.
    @Test
    @Tag("native")
    void smallBoxesAreEnlarged() {
        var picture = new Picture(2, 1, 1, new byte[] { 1, 3 });
        var cut = new Anisotropic(0).of(picture, new Box(0, 0, 2, 1), Size.square(8), GREY);
        assertThat(cut.at(0, 0, 0)).isEqualTo(1);
        assertThat(cut.at(7, 7, 0)).isEqualTo(3);
    }

    @Test
    void aBoxOutsideThePictureIsAllFill() {
        var cut = new Anisotropic(0).of(numbered(), new Box(10, 10, 12, 12), Size.square(2), GREY);
        assertThat(cut.pixels()).containsExactly(99, 99, 99, 99);
    }

    @Test
    void refusesAContextThatLeavesNothing() {
        assertThatThrownBy(() -> new Anisotropic(50).placement(WIDE, INPUT)).isInstanceOf(StriateException.class)
                .hasMessage("A context of less than half of the input's 100 pixels was expected; received 50.");
    }

    /// 4×4 pixels, each ten times its row and its column.
    private static Picture numbered() {
        var picture = Picture.black(4, 4, 1);
        for (var i = 0; i < 16; i++) picture.pixels()[i] = (byte) (i / 4 * 10 + i % 4);
        return picture;
    }
}
