package dev.striate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.graph.Size;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionLossesTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final Offset<Double> REFERENCE = within(1e-9);
    private static final Box BOX = Box.around(10, 10, 10, 10);
    /// Its plain offsets from the box are 0.5, 0, ln 2, 0.
    private static final Box OBJECT = Box.around(15, 10, 20, 10);
    private static final List<Assigned> ROWS = List.of(new Assigned.Foreground(7, BOX, OBJECT, 1),
            new Assigned.Background(9, BOX), new Assigned.Foreground(2, OBJECT, BOX, 0));

    /// By hand: cross entropy ln 3 in each row; the offsets' errors are 0.5 and ln 2 in the first, and nothing in the
    /// others.
    @Test
    void theHeadsLossIsOfClassesAndOfBoxesOnObjects() {
        var rows = List.<Assigned>of(ROWS.getFirst(), ROWS.get(1), new Assigned.Foreground(2, BOX, BOX, 0));
        var loss = new RegionLosses(2, new SmoothL1(1))
                .head(new HeadOutputs(Values.of(new double[9]), Values.of(new double[24]), 2), rows, BoxEncoding.PLAIN);
        var log2 = Math.log(2);
        assertThat(loss.classes()).isCloseTo(Math.log(3), EXACT);
        assertThat(loss.boxes()).isCloseTo(2 * (0.125 + log2 * log2 / 2) / 3, EXACT);
        assertThat(loss.total()).isEqualTo(loss.classes() + loss.boxes());
        assertThat(loss.scoreGradient().doubles()).containsExactly(new double[] { 1 / 9.0, 1 / 9.0, -2 / 9.0,
                -2 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, -2 / 9.0, 1 / 9.0 }, EXACT);
        var slopes = new double[24];
        slopes[4] = -2 * 0.5 / 3; // the second class of the first region
        slopes[6] = -2 * log2 / 3;
        assertThat(loss.offsetGradient().doubles()).containsExactly(slopes, EXACT);
    }

    @Test
    void theHeadsGradientsAreThoseOfItsLoss() {
        var scores = References.formula("a", 9);
        var offsets = References.formula("b", 24);
        var losses = RegionLosses.ofHead();
        var loss = head(losses, Values.of(scores), Values.of(offsets));
        Slopes.thenGradientIs(loss.scoreGradient(), scores, moved -> head(losses, moved, Values.of(offsets)).total());
        Slopes.thenGradientIs(loss.offsetGradient(), offsets, moved -> head(losses, Values.of(scores), moved).total());
    }

    /// By hand: two cells, one shape, two anchors that learn; λ = 10, and β = 1/9, so errors of 0.5 and ln 2 are
    /// linear.
    @Test
    void theProposalsLossIsByAnchorsThatLearnAndByCells() {
        var loss = RegionLosses.ofProposals().proposals(
                new RpnMaps(Values.of(new double[2]), Values.of(new double[8]), 1, new Size(1, 2)),
                List.of(List.of(new Assigned.Foreground(1, BOX, OBJECT, 3), new Assigned.Background(0, BOX))));
        assertThat(loss.classes()).isCloseTo(Math.log(2), EXACT);
        assertThat(loss.boxes()).isCloseTo(10.0 / 2 * (0.5 + Math.log(2) - 1 / 9.0), EXACT);
        assertThat(loss.scoreGradient().doubles()).containsExactly(new double[] { 0.25, -0.25 }, EXACT);
        assertThat(loss.offsetGradient().doubles()).containsExactly(new double[] { 0, -5, 0, 0, 0, -5, 0, 0 }, EXACT);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2 })
    void theProposalsGradientsAreThoseOfTheirLoss(int scoresToAnAnchor) {
        var scores = References.formula("a", 2 * 12 * scoresToAnAnchor);
        var offsets = References.formula("b", 2 * 12 * 4);
        var loss = proposals(Values.of(scores), Values.of(offsets));
        assertThat(loss.boxes()).isPositive();
        Slopes.thenGradientIs(loss.scoreGradient(), scores, moved -> proposals(moved, Values.of(offsets)).total());
        Slopes.thenGradientIs(loss.offsetGradient(), offsets, moved -> proposals(Values.of(scores), moved).total());
    }

    @Test
    void aSoftmaxOverTwoClassesIsTheLogisticOfTheirDifference() {
        var paired = Values.of(References.formula("a", 2 * 24));
        var offsets = Values.of(References.formula("b", 96));
        var maps = new RpnMaps(paired, offsets, 2, new Size(2, 3));
        var logits = new double[24];
        for (var i = 0; i < 24; i++) logits[i] = maps.logit(i / 12, i % 12);
        assertThat(logits[13]).isEqualTo(paired.get(24 + 12 + 1) - paired.get(24 + 1));
        var one = new SoftmaxCrossEntropy(2).value(Values.of(paired.get(25), paired.get(37)), 0, 1);
        assertThat(BinaryCrossEntropy.value(logits[13], 1)).isCloseTo(one, EXACT);
        assertThat(proposals(paired, offsets).total()).isCloseTo(proposals(Values.of(logits), offsets).total(), EXACT);
    }

    @Test
    void smoothL1IsASquareNearZeroAndALineBeyond() {
        assertThat(new SmoothL1(1).value(-0.5)).isEqualTo(0.125);
        assertThat(new SmoothL1(1).value(-3)).isEqualTo(2.5);
        assertThat(new SmoothL1(1).slope(-3)).isEqualTo(-1);
        assertThat(SmoothL1.ofSigma(3).value(0.1)).isCloseTo(0.5 * 9 * 0.01, EXACT);
        assertThat(SmoothL1.ofSigma(3).value(2)).isCloseTo(2 - 0.5 / 9, EXACT);
    }

    @Test
    void wildOutputsAndBoxesWithoutAreaGiveNumbers() {
        var scores = IntStream.range(0, 9).mapToDouble(i -> i % 2 == 0 ? 1e30 : -1e30).toArray();
        var flat = new Box(3, 3, 3, 8);
        var rows = List.<Assigned>of(new Assigned.Foreground(0, flat, OBJECT, 1),
                new Assigned.Foreground(0, BOX, flat, 0),
                new Assigned.Background(0, flat));
        var loss = RegionLosses.ofHead().head(new HeadOutputs(Values.of(scores), Values.of(new double[24]), 2), rows,
                BoxEncoding.USUAL);
        assertThat(loss.total()).isFinite();
        for (var slope : loss.scoreGradient().doubles()) assertThat(slope).isFinite();
        assertThat(BinaryCrossEntropy.value(-1e30, 1)).isEqualTo(1e30);
        assertThat(BinaryCrossEntropy.slope(-1e30, 1)).isEqualTo(-1);
    }

    @Test
    void nothingToLearnCostsNothing() {
        var none = RegionLosses.ofHead().head(new HeadOutputs(Values.of(new float[0]), Values.of(new float[0]), 20),
                List.of(), BoxEncoding.USUAL);
        assertThat(none.total()).isZero();
        var maps = new RpnMaps(Values.of(new float[2]), Values.of(new float[8]), 1, new Size(1, 2));
        var loss = RegionLosses.ofProposals().proposals(maps, List.of(List.of()));
        assertThat(loss.total()).isZero();
        assertThat(loss.offsetGradient().floats()).containsOnly(0).hasSize(8);
    }

    @Test
    @Tag("shared")
    void partsAreThoseOfPyTorch() {
        var reference = References.of("losses");
        var a = References.formula("a", 28);
        var b = References.formula("b", 28);
        var labels = References.numbers(reference.get("labels"));
        var entropy = new SoftmaxCrossEntropy(7);
        assertThat(mean(4, i -> entropy.value(Values.of(a), i, (int) labels[i])))
                .isCloseTo(reference.get("crossEntropy").asDouble(), REFERENCE);
        assertThat(mean(28, i -> new SmoothL1(1).value(a[i] - b[i])))
                .isCloseTo(reference.get("smoothL1").asDouble(), REFERENCE);
        assertThat(mean(28, i -> BinaryCrossEntropy.value(a[i], BinaryCrossEntropy.sigmoid(b[i]))))
                .isCloseTo(reference.get("bceWithLogits").asDouble(), REFERENCE);
    }

    @Test
    void refusesWhatDoesNotFit() {
        var outputs = new HeadOutputs(Values.of(new float[9]), Values.of(new float[24]), 2);
        var losses = RegionLosses.ofHead();
        assertThatThrownBy(() -> losses.head(outputs, List.of(), BoxEncoding.PLAIN))
                .hasMessageContaining("gives 3 rows");
        assertThatThrownBy(() -> losses.head(outputs, List.of(ROWS.get(1), ROWS.get(1),
                new Assigned.Foreground(0, BOX, BOX, 2)), BoxEncoding.PLAIN)).hasMessageContaining("received class 2");
        assertThatThrownBy(() -> new HeadOutputs(Values.of(1f), Values.of(1f), 2)).hasMessageContaining("received 1");
        assertThatThrownBy(() -> new HeadOutputs(Values.of(1f, 1, 1), Values.of(1f), 2))
                .hasMessageContaining("8 offsets");
        var maps = new RpnMaps(Values.of(1f), Values.of(1f, 1, 1, 1), 1, Size.ONE);
        assertThatThrownBy(() -> losses.proposals(maps, List.of())).hasMessageContaining("received 0");
        assertThatThrownBy(() -> losses.proposals(maps, List.of(List.of(ROWS.get(1)))))
                .hasMessageContaining("received the index 9");
        assertThatThrownBy(() -> new RpnMaps(Values.of(1f), Values.of(1f), 1, Size.ONE))
                .hasMessageContaining("4 offsets");
        assertThatThrownBy(() -> new RpnMaps(Values.of(1f, 1, 1), Values.of(1f, 1, 1, 1), 1, Size.ONE))
                .hasMessageContaining("received 3");
        assertThatThrownBy(() -> new SmoothL1(0)).hasMessageContaining("received 0.0");
        assertThatThrownBy(() -> new RegionLosses(-1, new SmoothL1(1))).hasMessageContaining("received -1.0");
    }

    private static RegionLoss head(RegionLosses losses, Values scores, Values offsets) {
        return losses.head(new HeadOutputs(scores, offsets, 2), ROWS, BoxEncoding.USUAL);
    }

    /// Two pictures, two shapes, six cells; the second picture has more to learn.
    private static RegionLoss proposals(Values scores, Values offsets) {
        return RegionLosses.ofProposals().proposals(new RpnMaps(scores, offsets, 2, new Size(2, 3)),
                List.of(List.of(new Assigned.Foreground(8, BOX, OBJECT, 0)),
                        List.of(new Assigned.Foreground(1, OBJECT, BOX, 0), new Assigned.Background(11, BOX),
                                new Assigned.Background(5, BOX))));
    }

    private static double mean(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count).mapToDouble(value).average().orElseThrow();
    }
}
