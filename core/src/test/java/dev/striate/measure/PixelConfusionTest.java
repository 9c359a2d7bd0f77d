package dev.striate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import dev.striate.target.Target.Mask;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PixelConfusionTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /// Truth:      0 0 0 1     Predicted: 0 0 1 1
    ///             0 1 1 255              0 1 2 2
    /// n = (0: 3 right, 1 as 1), (1: 2 right, 1 as 2), (2: none); 7 pixels, t = 4, 3, 0.
    private static final Mask TRUTH = mask(0, 0, 0, 1, 0, 1, 1, 255);
    private static final Mask PREDICTED = mask(0, 0, 1, 1, 0, 1, 2, 2);

    @Test
    void countsEachPixelThatHasAClass() {
        assertThat(confusion(3, TRUTH, PREDICTED).counts())
                .isDeepEqualTo(new long[][] { { 3, 1, 0 }, { 0, 2, 1 }, { 0, 0, 0 } });
        assertThat(confusion(3, TRUTH, PREDICTED).pixels()).isEqualTo(7);
    }

    @Test
    void givesTheMeasuresOfThePaper() {
        var confusion = confusion(3, TRUTH, PREDICTED);

        assertThat(confusion.pixelAccuracy()).isEqualTo(5 / 7.0, EXACT);
        assertThat(confusion.meanAccuracy()).isEqualTo((3 / 4.0 + 2 / 3.0) / 2, EXACT); // class 2 does not occur
        assertThat(confusion.iou(0)).hasValue(3 / 4.0);
        assertThat(confusion.iou(1)).hasValue(2 / 4.0);
        assertThat(confusion.iou(2)).hasValue(0); // predicted once, where class 1 was
        assertThat(confusion.meanIoU()).isEqualTo((3 / 4.0 + 2 / 4.0 + 0) / 3, EXACT);
        assertThat(confusion.frequencyWeightedIoU()).isEqualTo((4 * 3 / 4.0 + 3 * 2 / 4.0) / 7, EXACT);
    }

    @Test
    void leavesOutClassesThatNeitherOccurNorArePredicted() {
        var confusion = confusion(5, TRUTH, PREDICTED);

        assertThat(confusion.iou(4)).isEmpty();
        assertThat(confusion.accuracy(2)).isEmpty();
        assertThat(confusion.meanIoU()).isEqualTo((3 / 4.0 + 2 / 4.0 + 0) / 3, EXACT);
    }

    @Test
    void addsUpOverPicturesBeforeItDivides() {
        var confusion = confusion(2, mask(0, 0, 0, 0, 0, 0, 0, 1), mask(0, 0, 0, 0, 0, 0, 0, 1));
        confusion.add(mask(0, 1, 1, 1, 1, 1, 1, 1), mask(1, 1, 1, 1, 1, 1, 1, 0));

        assertThat(confusion.iou(0)).hasValue(7 / 9.0); // not the mean of 1 and 0
        assertThat(confusion.iou(1)).hasValue(7 / 9.0);
    }

    @Test
    void isZeroWithoutAnyPixel() {
        var confusion = PixelConfusion.empty(3);

        assertThat(confusion.pixelAccuracy() + confusion.meanAccuracy() + confusion.meanIoU()
                + confusion.frequencyWeightedIoU()).isZero();
    }

    @Test
    void refusesMasksThatDoNotFit() {
        assertThatThrownBy(() -> confusion(3, TRUTH, new Mask(new Size(4, 2), new byte[8])))
                .isInstanceOf(StriateException.class)
                .hasMessage("Two masks of one size were expected; received 2×4 and 4×2.");
        assertThatThrownBy(() -> confusion(2, TRUTH, PREDICTED)).isInstanceOf(StriateException.class)
                .hasMessage("A mask of classes 0 to 1 was expected; the prediction has the class 2.");
    }

    private static PixelConfusion confusion(int classes, Mask truth, Mask predicted) {
        var confusion = PixelConfusion.empty(classes);
        confusion.add(truth, predicted);
        return confusion;
    }

    private static Mask mask(int... classes) {
        var bytes = new byte[classes.length];
        for (var i = 0; i < bytes.length; i++) bytes[i] = (byte) classes[i];
        return new Mask(new Size(2, 4), bytes);
    }
}
