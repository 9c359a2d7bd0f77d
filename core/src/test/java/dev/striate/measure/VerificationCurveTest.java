package dev.striate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.measure.VerificationCurve.Accuracy;
import dev.striate.measure.VerificationCurve.EqualError;
import dev.striate.measure.VerificationCurve.Point;
import dev.striate.random.RandomStream;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerificationCurveTest {
    private static final double[] GENUINE = { 3, 1, 2, 6 };
    private static final double[] IMPOSTORS = { 8, 4, 5, 7, 9 };
    /// In order: genuine 1 2 3, impostors 4 5, genuine 6, impostors 7 8 9.
    private static final VerificationCurve CURVE = VerificationCurve.of(GENUINE, IMPOSTORS);

    @Test
    void goesUpWithGenuinePairsAndRightWithImpostors() {
        assertThat(CURVE.corners()).containsExactly(
                new Point(Double.NEGATIVE_INFINITY, 0, 0), new Point(3, 0, 3 / 4.0), new Point(5, 2 / 5.0, 3 / 4.0),
                new Point(6, 2 / 5.0, 1), new Point(9, 1, 1));
    }

    /// Of 20 pairs of pairs, only those of the genuine 6 with the impostors 4 and 5 are in the wrong order.
    @Test
    void hasTheAreaOfPairsInTheRightOrder() {
        assertThat(CURVE.area()).isEqualTo(18 / 20.0);
    }

    /// Up to 4, FAR is 1/5 and FRR 1/4; with 5, FAR is 2/5: they meet at 1/4, a quarter of the way, on the impostors of 5.
    @Test
    void findsWhereBothErrorsAreEqual() {
        assertThat(CURVE.equalError()).isEqualTo(new EqualError(5, 1 / 4.0));
    }

    @Test
    void takesTheMiddleWhereBothErrorsStayEqual() {
        assertThat(VerificationCurve.of(new double[] { 1, 4 }, new double[] { 3, 8 }).equalError())
                .isEqualTo(new EqualError(3.5, 1 / 2.0));
        assertThat(VerificationCurve.of(new double[] { 1, 2 }, new double[] { 5 }).equalError())
                .isEqualTo(new EqualError(3.5, 0));
    }

    @Test
    void cannotTellWhatAllLooksAlike() {
        var curve = VerificationCurve.of(new double[] { 1, 1, 1 }, new double[] { 1, 1 });
        assertThat(curve.equalError()).isEqualTo(new EqualError(1, 1 / 2.0));
        assertThat(curve.area()).isEqualTo(1 / 2.0);
        assertThat(curve.corners()).containsExactly(new Point(Double.NEGATIVE_INFINITY, 0, 0), new Point(1, 1, 1));
        assertThat(curve.bestAccuracy()).isEqualTo(new Accuracy(1, 3 / 5.0));
        assertThat(curve.trueAcceptance(0.5)).contains(new Point(Math.nextDown(1.0), 0, 0));
    }

    @Test
    void acceptsWhatARateOfFalseAcceptanceAllows() {
        assertThat(CURVE.trueAcceptance(0.2)).contains(new Point(4.5, 1 / 5.0, 3 / 4.0));
        assertThat(CURVE.trueAcceptance(0.4)).contains(new Point(6.5, 2 / 5.0, 1));
        assertThat(CURVE.trueAcceptance(0.59)).contains(new Point(6.5, 2 / 5.0, 1));
        assertThat(CURVE.trueAcceptance(1)).contains(new Point(9, 1, 1));
    }

    /// Impostors of one distance are accepted together or not at all.
    @Test
    void staysBelowARateThatTiesWouldPass() {
        var curve = VerificationCurve.of(new double[] { 1, 2 }, new double[] { 2, 2, 4 });
        assertThat(curve.trueAcceptance(1 / 3.0)).contains(new Point(1.5, 0, 1 / 2.0));
    }

    @Test
    void claimsNoRateThatTooFewImpostorsCanShow() {
        assertThat(CURVE.trueAcceptance(0.19)).isEmpty();
        var thousand = IntStream.rangeClosed(1, 1000).mapToDouble(i -> i).toArray();
        var curve = VerificationCurve.of(new double[] { 0.5, 1.25, 1.75, 2.5 }, thousand);
        assertThat(curve.trueAcceptance(1e-3)).contains(new Point(1.875, 1e-3, 3 / 4.0));
        assertThat(curve.trueAcceptance(0.99e-3)).isEmpty();
    }

    @Test
    void findsTheThresholdThatTellsMostPairsRightly() {
        assertThat(CURVE.bestAccuracy()).isEqualTo(new Accuracy(3.5, 8 / 9.0));
        assertThat(CURVE.accuracy(3.5)).isEqualTo(8 / 9.0);
        assertThat(CURVE.accuracy(6)).isEqualTo(7 / 9.0);
        assertThat(CURVE.accuracy(0)).isEqualTo(5 / 9.0);
    }

    @Test
    void partsNeighbouringNumbers() {
        var next = Math.nextUp(1.0);
        var best = VerificationCurve.of(new double[] { 1 }, new double[] { next }).bestAccuracy();
        assertThat(best).isEqualTo(new Accuracy(1, 1));
    }

    @Test
    void agreesWithCountingAllPairsAgain() {
        var seed = 20_070_101L;
        var random = RandomStream.of(seed);
        // Rounded, so that many distances are the same.
        var genuine = IntStream.range(0, 301).mapToDouble(i -> Math.rint(50 * random.normal(i)) / 50).toArray();
        var impostors = IntStream.range(0, 1001).mapToDouble(i -> Math.rint(50 * random.normal(1000 + i) + 60) / 50)
                .toArray();
        var curve = VerificationCurve.of(genuine, impostors);
        assertThat(curve.area()).as("seed %d", seed).isCloseTo(areaOfAllPairs(genuine, impostors), within(1e-12));
        assertThat(curve.equalError().rate()).as("seed %d", seed).isCloseTo(crossing(genuine, impostors),
                within(1e-12));
        assertThat(curve.bestAccuracy().accuracy()).as("seed %d", seed)
                .isEqualTo(DoubleStream.of(genuine).map(t -> share(genuine, impostors, t)).max().orElseThrow());
        assertThat(curve.accuracy(curve.bestAccuracy().threshold())).isEqualTo(curve.bestAccuracy().accuracy());
        for (var far : new double[] { 1, 0.1, 0.01, 0.001 }) {
            assertThat(curve.trueAcceptance(far).orElseThrow().tar()).as("seed %d, FAR %s", seed, far)
                    .isEqualTo(DoubleStream.concat(DoubleStream.of(genuine), DoubleStream.of(impostors))
                            .filter(t -> accepted(impostors, t) <= far).map(t -> accepted(genuine, t)).max().orElse(0));
        }
        for (var corner : curve.corners()) {
            assertThat(corner).isEqualTo(new Point(corner.threshold(), accepted(impostors, corner.threshold()),
                    accepted(genuine, corner.threshold())));
        }
    }

    @Test
    void takesAMillionImpostors() {
        var random = RandomStream.of(3);
        var impostors = IntStream.range(0, 1_000_000).mapToDouble(random::uniform).toArray();
        var genuine = IntStream.range(0, 5000).mapToDouble(i -> random.at("genuine").uniform(i) / 2).toArray();
        var curve = VerificationCurve.of(genuine, impostors);
        // Uniform in [0, 1) and in [0, 1/2): FAR is t, FRR 1 − 2t; they meet at 1/3, and the area is 3/4.
        assertThat(curve.equalError().rate()).isCloseTo(1 / 3.0, within(0.01));
        assertThat(curve.area()).isCloseTo(0.75, within(0.01));
        assertThat(curve.corners()).hasSizeLessThan(10_002);
    }

    @Test
    void refusesWhatHasNoCurve() {
        assertThatThrownBy(() -> VerificationCurve.of(new double[0], IMPOSTORS)).isInstanceOf(StriateException.class)
                .hasMessage("Distances of genuine and of impostor pairs were expected; received no genuine pair.");
        assertThatThrownBy(() -> VerificationCurve.of(GENUINE, new double[] { 1, Double.NaN }))
                .hasMessage("Finite distances were expected; received NaN of a pair that is impostor.");
        assertThatThrownBy(() -> VerificationCurve.of(GENUINE, new boolean[3]))
                .hasMessageContaining("received 3 answers");
        assertThatThrownBy(() -> CURVE.trueAcceptance(0))
                .hasMessage("A rate of false acceptance above 0 and at most 1 was expected; received 0.0.");
    }

    private static double areaOfAllPairs(double[] genuine, double[] impostors) {
        var sum = 0.0;
        for (var one : genuine) for (var other : impostors) sum += one < other ? 1 : one == other ? 0.5 : 0;
        return sum / genuine.length / impostors.length;
    }

    /// Where FAR − FRR, straight between the rates of neighbouring distances, is 0.
    private static double crossing(double[] genuine, double[] impostors) {
        var far = 0.0;
        var frr = 1.0;
        for (var t : DoubleStream.concat(DoubleStream.of(genuine), DoubleStream.of(impostors)).sorted().toArray()) {
            var nextFar = accepted(impostors, t);
            var nextFrr = 1 - accepted(genuine, t);
            if (nextFar >= nextFrr) return (frr * nextFar - far * nextFrr) / (nextFar - far - nextFrr + frr);
            far = nextFar;
            frr = nextFrr;
        }
        throw new AssertionError();
    }

    private static double accepted(double[] distances, double threshold) {
        return (double) Arrays.stream(distances).filter(distance -> distance <= threshold).count() / distances.length;
    }

    private static double share(double[] genuine, double[] impostors, double threshold) {
        var right = Arrays.stream(genuine).filter(distance -> distance <= threshold).count()
                + Arrays.stream(impostors).filter(distance -> distance > threshold).count();
        return (double) right / (genuine.length + impostors.length);
    }
}
