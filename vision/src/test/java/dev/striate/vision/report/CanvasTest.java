package dev.striate.vision.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CanvasTest {
    @Test
    void fillsInTheColourThatWasAskedFor() {
        var canvas = new Canvas(6, 4, 0x102030);
        canvas.fill(2, 1, 2, 2, 0xff8000);
        var drawn = canvas.picture();
        assertThat(colour(drawn, 0, 0)).isEqualTo(0x102030);
        assertThat(colour(drawn, 3, 2)).isEqualTo(0xff8000);
        assertThat(colour(drawn, 4, 1)).isEqualTo(0x102030);
    }

    @Test
    void pastesSmallPicturesAsSquaresAndCutsThemAtTheEdge() {
        var canvas = new Canvas(5, 4, 0);
        canvas.paste(new Picture(2, 1, 1, new byte[] { 50, 100 }), 2, 0, 4, 2);
        var drawn = canvas.picture();
        assertThat(new int[] { drawn.at(1, 0, 0), drawn.at(2, 0, 0), drawn.at(3, 1, 2), drawn.at(4, 1, 0),
                drawn.at(4, 2, 0) }).containsExactly(0, 50, 50, 100, 0);
    }

    @Test
    @Tag("native")
    void averagesPicturesThatShrink() {
        var canvas = new Canvas(3, 3, 0);
        canvas.paste(new Picture(4, 2, 1, new byte[] { 10, 30, 50, 70, 20, 40, 60, 80 }), 0, 1, 2, 1);
        assertThat(new int[] { canvas.picture().at(0, 1, 0), canvas.picture().at(1, 1, 0) }).containsExactly(25, 65);
    }

    @Test
    void writesTextAsWideAsItSays() {
        var canvas = new Canvas(200, 40, 0);
        canvas.text("striate", 5, 30, TextStyle.plain(28, 0xffffff));
        var drawn = canvas.picture();
        var right = IntStream.range(0, 200).filter(x -> IntStream.range(0, 40).anyMatch(y -> drawn.at(x, y, 0) > 128))
                .max().orElse(0);
        var width = Canvas.width("striate", TextStyle.plain(28, 0));
        assertThat((double) right).isBetween(5 + width - 6, 5 + width);
    }

    @Test
    void aScaledCanvasHasMorePixelsOfTheSameDrawing() {
        var canvas = new Canvas(10, 5, 0xffffff, 2);
        canvas.fill(4, 1, 2, 3, 0);
        var drawn = canvas.picture();
        assertThat(drawn.toString()).isEqualTo("20×10 RGB");
        assertThat(colour(drawn, 8, 2)).isZero();
        assertThat(colour(drawn, 11, 7)).isZero();
        assertThat(colour(drawn, 12, 2)).isEqualTo(0xffffff);
        assertThat(colour(drawn, 7, 2)).isEqualTo(0xffffff);
    }

    @Test
    void aRunOfOneEpochHasItsPointInTheMiddleOfTheChart() {
        var chart = Curves.draw(List.of(Curves.Panel.of("loss", "epoch",
                new Curves.Series("training", new double[] { 1 }, new double[] { 2.3 }))));
        var columns = IntStream.range(0, chart.width())
                .filter(x -> IntStream.range(0, chart.height()).anyMatch(y -> colour(chart, x, y) == Palette.series(0)))
                .summaryStatistics();
        // The axis goes from 64 to 760 − 24, at two pixels a unit.
        assertThat((columns.getMin() + columns.getMax()) / 2.0).isBetween(798.0, 802.0);
        assertThat(columns.getMax() - columns.getMin()).as("a dot, no line").isLessThan(20);
    }

    @Test
    void aMatrixNamesItsClassesInAnyScript() {
        var counts = new int[][] { { 3, 1 }, { 0, 2 } };
        assertThat(ConfusionMatrix.draw(List.of("猫", "犬"), counts))
                .isNotEqualTo(ConfusionMatrix.draw(List.of("犬", "猫"), counts));
    }

    @Test
    void aMatrixOfVeryManyClassesStaysAPictureThatCanBeLookedAt() {
        var classes = 1500;
        var counts = new int[classes][classes];
        Arrays.setAll(counts, i -> {
            counts[i][i] = 7;
            return counts[i];
        });
        var drawn = ConfusionMatrix.draw(IntStream.range(0, classes).mapToObj(i -> "class " + i).toList(), counts);
        assertThat(drawn.width()).isBetween(2 * classes, 2 * classes + 200);
    }

    private static int colour(Picture picture, int x, int y) {
        return picture.at(x, y, 0) << 16 | picture.at(x, y, 1) << 8 | picture.at(x, y, 2);
    }
}
