package dev.striate.vision.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.vision.report.PrecisionRecall.Curve;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The chart goes from x = 64 (recall 0) to 520 (1), and from y = 374 (precision 0) to 42 (1), at two pixels a unit.
class PrecisionRecallTest {
    @Test
    void aCurveRunsWhereItsNumbersAre() {
        var drawn = PrecisionRecall.draw(List.of(level("cat", 0.5)));

        assertThat(colour(drawn, recall(0.3), precision(0.5))).isEqualTo(Palette.series(0));
        assertThat(colour(drawn, recall(0.9), precision(0.5))).isEqualTo(Palette.series(0));
        assertThat(colour(drawn, recall(0.33), precision(0.73))).isEqualTo(Palette.WHITE);
    }

    /// One class at 0.8 up to a recall of 1, one at 0.4 up to a recall of 0.5: their mean is 0.6, then 0.4.
    @Test
    void theMeanCountsWhatIsNeverFoundAsNothing() {
        var half = new Curve("dog", new double[] { 0, 0.5 }, new double[] { 0.4, 0.4 }, 0.2);
        var drawn = PrecisionRecall.draw(List.of(level("cat", 0.8), half));

        assertThat(colour(drawn, recall(0.3), precision(0.6))).isEqualTo(Palette.INK);
        assertThat(colour(drawn, recall(0.8), precision(0.4))).isEqualTo(Palette.INK);
        assertThat(colour(drawn, recall(0.8), precision(0.6))).isNotEqualTo(Palette.INK);
    }

    @Test
    void ofManyClassesOnlyTheWorstHaveAColour() {
        var classes = IntStream.range(0, 80).mapToObj(k -> level("class " + k, 0.99 - k / 100.0)).toList();
        var drawn = PrecisionRecall.draw(classes);

        // The last one is the worst, at 0.20; one at 0.75 is grey.
        assertThat(colour(drawn, recall(0.3), precision(0.20))).isEqualTo(Palette.series(0));
        assertThat(colour(drawn, recall(0.3), precision(0.25))).isEqualTo(Palette.series(5));
        assertThat(colour(drawn, recall(0.3), precision(0.75))).isEqualTo(PrecisionRecall.OTHERS);
        assertThat(drawn.size()).isEqualTo(PrecisionRecall.draw(classes.subList(0, 1)).size());
    }

    @Test
    void classesThatDoNotOccurAreLeftOut() {
        var none = new Curve("unicorn", new double[0], new double[0], Double.NaN);
        assertThat(PrecisionRecall.draw(List.of(level("cat", 0.5), none)))
                .isEqualTo(PrecisionRecall.draw(List.of(level("cat", 0.5))));
        assertThat(PrecisionRecall.draw(List.of(none))).isEqualTo(PrecisionRecall.draw(List.of()));
    }

    @Test
    void aClassOfWhichNothingWasFoundIsNamed() {
        var missed = new Curve("cow", new double[0], new double[0], 0);
        assertThat(PrecisionRecall.draw(List.of(level("cat", 0.5), missed)))
                .isNotEqualTo(PrecisionRecall.draw(List.of(level("cat", 0.5))));
    }

    @Test
    void refusesARecallWithoutItsPrecision() {
        assertThatThrownBy(() -> new Curve("cat", new double[3], new double[2], 0.5))
                .isInstanceOf(StriateException.class)
                .hasMessage("A precision for each recall was expected; received 2 for 3.");
    }

    /// The same precision at every recall, whose average it is.
    private static Curve level(String label, double precision) {
        return new Curve(label, new double[] { 0, 1 }, new double[] { precision, precision }, precision);
    }

    private static int recall(double recall) {
        return (int) Math.round(2 * (64 + recall * (520 - 64)));
    }

    private static int precision(double precision) {
        return (int) Math.round(2 * (374 - precision * (374 - 42)));
    }

    private static int colour(Picture picture, int x, int y) {
        return picture.at(x, y, 0) << 16 | picture.at(x, y, 1) << 8 | picture.at(x, y, 2);
    }
}
