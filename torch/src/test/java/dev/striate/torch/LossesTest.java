package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.random.RandomStream;
import dev.striate.recipe.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Values by the formulas on numbers small enough for hand calculation; gradients by central differences in float64.
@Tag("native")
class LossesTest {
    /// Two pictures of three classes.
    private static final double[] OUTPUTS = { 1.5, -0.3, 0.2, -1.1, 0.7, 0.4 };
    private static final long[] LABELS = { 0, 2 };
    private static final double[] TARGETS = { 1, 0, 0, 0, 0, 1 };

    @BeforeAll
    static void start() {
        Libtorch.load();
    }

    @Test
    void crossEntropyIsTheMeanOfMinusTheLogOfTheSoftmax() {
        var expected = (nll(0, 0) + nll(1, 2)) / 2;
        labelled(Loss.crossEntropy(), expected);
    }

    @Test
    void smoothedCrossEntropySpreadsAShareOverAllClasses() {
        var expected = 0.0;
        for (var k = 0; k < 3; k++) {
            expected += (0.1 / 3 + (k == 0 ? 0.9 : 0)) * nll(0, k) + (0.1 / 3 + (k == 2 ? 0.9 : 0)) * nll(1, k);
        }
        labelled(Loss.crossEntropy(0.1), expected / 2);
    }

    @Test
    void classWeightsMakeAWeightedMean() {
        labelled(new Loss.CrossEntropy(0, List.of(2.0, 1.0, 0.5)), (2 * nll(0, 0) + 0.5 * nll(1, 2)) / 2.5);
    }

    @Test
    void squaredErrorsAreMeansOverOutputsAndHalfSumsOverAPicture() {
        var squares = 0.0;
        for (var i = 0; i < 6; i++) squares += Math.pow(TARGETS[i] - OUTPUTS[i], 2);
        labelled(new Loss.MeanSquaredError(), squares / 6);
        labelled(new Loss.HalfSquaredError(), squares / 4);
    }

    @Test
    void binaryCrossEntropyTakesEachOutputByItself() {
        var sum = 0.0;
        for (var i = 0; i < 6; i++) {
            var probability = 1 / (1 + Math.exp(-OUTPUTS[i]));
            sum -= TARGETS[i] * Math.log(probability) + (1 - TARGETS[i]) * Math.log(1 - probability);
        }
        labelled(new Loss.BinaryCrossEntropy(), sum / 6);
    }

    @Test
    void smoothL1IsSquaredNearZeroAndLinearBeyondBeta() {
        for (var beta : List.of(1.0, 0.4)) {
            var sum = 0.0;
            for (var i = 0; i < 6; i++) {
                var distance = Math.abs(TARGETS[i] - OUTPUTS[i]);
                sum += distance < beta ? 0.5 * distance * distance / beta : distance - 0.5 * beta;
            }
            labelled(new Loss.SmoothL1(beta), sum / 6);
        }
    }

    @Test
    void generalizedIoUMeasuresBoxesThatMeetAndBoxesThatDoNot() {
        // Centres, widths and heights: [0, 2]×[0, 2] and [1, 3]×[1, 3]; [0, 1]×[0, 1] and [2, 4]×[0, 1]; the same twice.
        var boxes = new double[] { 1, 1, 2, 2, 0.5, 0.5, 1, 1, 0.3, 0.4, 0.2, 0.1 };
        var truths = new double[] { 2, 2, 2, 2, 3, 0.5, 2, 1, 0.3, 0.4, 0.2, 0.1 };
        var expected = (1 - (1 / 7.0 - 2 / 9.0)) + (1 + 1 / 4.0) + 0;
        try (var _ = new PointerScope()) {
            var loss = Losses.ofBoxes(new Loss.GeneralizedIoU(), Tensors.of(boxes, 3, 4), Tensors.of(truths, 3, 4));
            assertThat(loss.item_double()).isCloseTo(expected / 3, within(1e-12));
        }
        // No two edges alike, where there would be no gradient.
        var near = new double[] { 1.1, 0.9, 2.1, 1.9, 0.45, 0.6, 0.9, 1.1 };
        gradient(near, new long[] { 2, 4 }, x -> Losses.ofBoxes(new Loss.GeneralizedIoU(), x,
                Tensors.of(Arrays.copyOf(truths, 8), 2, 4)));
    }

    @Test
    void generalizedIoUOfBoxesWithoutAreaIsANumber() {
        try (var _ = new PointerScope()) {
            var point = Tensors.of(new double[] { 0.5, 0.5, 0, 0 }, 1, 4);
            assertThat(Losses.ofBoxes(new Loss.GeneralizedIoU(), point, point).item_double()).isFinite();
        }
    }

    @Test
    void hingeCountsEveryWrongClassThatComesWithinTheMargin() {
        // Picture 1: max(0, 1 − 1.5 − 0.3) + max(0, 1 − 1.5 + 0.2) = 0; picture 2: 0 + (1 − 0.4 + 0.7) = 1.3.
        labelled(new Loss.Hinge(1), 1.3 / 2);
        // With margin 2: 0.2 + 0.7, and 0.5 + 2.3.
        labelled(new Loss.Hinge(2), (0.2 + 0.7 + 0.5 + 2.3) / 2);
    }

    @Test
    void tripletsWantThePositiveNearerByTheMargin() {
        // Squared distances: 0.25 + 0.04 = 0.29 and 1; then 4.41 and 0.01: only the second violates the margin.
        var loss = new Loss.TripletMargin(0.2);
        var anchors = new double[] { 0, 0, 1, 1 };
        var positives = new double[] { 0.5, 0.2, 3.1, 1 };
        var negatives = new double[] { 1, 0, 1, 1.1 };
        assertThat(value(Tensors.of(anchors, 2, 2), a -> Losses.triplets(loss, a, Tensors.of(positives, 2, 2),
                Tensors.of(negatives, 2, 2)).mean())).isCloseTo((0 + 4.41 - 0.01 + 0.2) / 2, within(1e-12));
        gradient(anchors, new long[] { 2, 2 }, a -> Losses.triplets(loss, a, Tensors.of(positives, 2, 2),
                Tensors.of(negatives, 2, 2)).mean());
        gradient(negatives, new long[] { 2, 2 }, n -> Losses.triplets(loss, Tensors.of(anchors, 2, 2),
                Tensors.of(positives, 2, 2), n).mean());
    }

    @Test
    void contrastivePullsEqualPairsAndPushesOthersToTheMargin() {
        // d² = 0.25 for the equal pair; d = 0.5 and d = 2 for the others: ½(0.25), ½(1 − 0.5)², 0.
        var loss = new Loss.Contrastive(1);
        var first = new double[] { 0, 0, 0, 0, 0, 0 };
        var second = new double[] { 0.3, 0.4, 0.4, 0.3, 2, 0 };
        Function<Tensor, Tensor> of = f -> Losses.contrastive(loss, f, Tensors.of(second, 3, 2),
                Tensors.of(new double[] { 1, 0, 0 }, 3));
        assertThat(value(Tensors.of(first, 3, 2), of)).isCloseTo((0.125 + 0.125) / 3, within(1e-12));
        gradient(first, new long[] { 3, 2 }, of);
    }

    private static void labelled(Loss.OfClasses loss, double expected) {
        Function<Tensor, Tensor> of = outputs -> Losses.ofLabels(loss, outputs, Tensors.of(LABELS));
        assertThat(value(outputs(), of)).as(loss.toString()).isCloseTo(expected, within(1e-12));
        gradient(OUTPUTS, new long[] { 2, 3 }, of);
        var random = new double[OUTPUTS.length];
        for (var i = 0; i < random.length; i++) random[i] = RandomStream.of(8).normal(i);
        gradient(random, new long[] { 2, 3 }, of);
    }

    private static void gradient(double[] values, long[] shape, Function<Tensor, Tensor> loss) {
        var analytic = new double[0];
        try (var _ = new PointerScope(); var _ = GradMode.on()) {
            var x = Tensors.of(values, shape).requires_grad_(true);
            loss.apply(x).backward(new Tensor(), new BoolOptional(), false, new TensorArrayRefOptional());
            analytic = Tensors.doubles(x.grad());
        }
        for (var i = 0; i < values.length; i++) {
            var numeric = (value(changed(values, i, 1e-6, shape), loss) - value(changed(values, i, -1e-6, shape), loss))
                    / 2e-6;
            assertThat(analytic[i]).as("gradient %d", i).isCloseTo(numeric, within(1e-8));
        }
    }

    private static Tensor changed(double[] values, int index, double change, long[] shape) {
        var copy = values.clone();
        copy[index] += change;
        return Tensors.of(copy, shape);
    }

    private static double value(Tensor x, Function<Tensor, Tensor> loss) {
        try (var _ = new PointerScope(); var _ = GradMode.off()) {
            return loss.apply(x).item_double();
        }
    }

    private static Tensor outputs() {
        return Tensors.of(OUTPUTS, 2, 3);
    }

    /// `−log softmax` of one class of one picture.
    private static double nll(int picture, int label) {
        var sum = 0.0;
        for (var k = 0; k < 3; k++) sum += Math.exp(OUTPUTS[3 * picture + k]);
        return Math.log(sum) - OUTPUTS[3 * picture + label];
    }
}
