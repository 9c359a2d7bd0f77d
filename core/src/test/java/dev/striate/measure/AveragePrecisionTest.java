package dev.striate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.measure.AveragePrecision.Difficult;
import dev.striate.measure.AveragePrecision.Rule;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Objects;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AveragePrecisionTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final Box A = new Box(0, 0, 10, 10);
    private static final Box B = new Box(20, 0, 30, 10);
    private static final Box UPPER_HALF_OF_B = new Box(20, 0, 30, 5);
    private static final Box NOWHERE = new Box(50, 50, 60, 60);

    /// A is found, then nothing is taken for an object, then B is found with an overlap of exactly 0.5: recalls 1/2, 1/2, 1
    /// with precisions 1, 1/2, 2/3.
    @Test
    void tellsTheRulesApartOnTwoObjects() {
        var precision = given(objects(A, B), found(A, .9), found(NOWHERE, .8), found(UPPER_HALF_OF_B, .7));

        // Six of eleven recalls are at most 1/2.
        thenFigure(precision, Rule.VOC_2007, (6 * 1 + 5 * 2 / 3.0) / 11);
        thenFigure(precision, Rule.VOC_2010, 1 / 2.0 * 1 + 1 / 2.0 * 2 / 3);
        // 51 of 101 recalls are at most 1/2; from the overlap 0.55 on, B is not found.
        thenFigure(precision, Rule.COCO_50, (51 * 1 + 50 * 2 / 3.0) / 101);
        thenFigure(precision, Rule.COCO, ((51 * 1 + 50 * 2 / 3.0) / 101 + 9 * 51 / 101.0) / 10);
        // An overlap of 0.5 is not above 0.5.
        thenFigure(precision, Rule.DARKNET, 1 / 2.0);
        thenFigure(precision, Rule.DARKNET_11, 6 / 11.0);
    }

    /// Three of five objects are found, and no more. Multiples of 0.1 in binary, as numpy's `arange` has them, ask for a
    /// recall of 0.6000000000000001.
    @Test
    void roundsTheTenthsOfRecallAsEachProgramDoes() {
        var apart = IntStream.range(0, 5).mapToObj(i -> new Box(20 * i, 0, 20 * i + 10, 10)).toArray(Box[]::new);
        var precision = given(objects(apart), found(apart[0], .9), found(apart[1], .8), found(apart[2], .7));

        thenFigure(precision, Rule.VOC_2007, 6 / 11.0);
        thenFigure(precision, Rule.DARKNET_11, 7 / 11.0);
    }

    @Test
    void takesASecondDetectionOfAnObjectForWrong() {
        var precision = given(objects(A, B), found(A, .9), found(A, .8), found(B, .7));

        thenFigure(precision, Rule.VOC_2010, 1 / 2.0 + 1 / 2.0 * 2 / 3);
        thenFigure(precision, Rule.DARKNET, 1 / 2.0 + 1 / 2.0 * 2 / 3);
        thenFigure(precision, Rule.COCO, (51 * 1 + 50 * 2 / 3.0) / 101);
    }

    /// The second detection overlaps the first object most, which is taken (0.8 against 0.6): COCO gives it the other.
    @Test
    void letsOnlyCocoGoOnToTheNextBestObject() {
        var left = new Box(0, 0, 10, 10);
        var shifted = new Box(0, 0, 10, 6);
        var precision = given(objects(left, shifted), found(left, .9), found(new Box(0, 0, 10, 8), .8));

        thenFigure(precision, Rule.VOC_2010, 1 / 2.0);
        thenFigure(precision, Rule.DARKNET, 1 / 2.0);
        thenFigure(precision, Rule.COCO_50, 1);
    }

    @Test
    void countsDifficultObjectsNeitherForNorAgainstInVocAndDarknet() {
        var precision = given(new Objects(List.of(new LabelledBox(A, 0), new LabelledBox(B, 0, true))),
                found(B, .9), found(B, .8), found(A, .7));

        thenFigure(precision, Rule.VOC_2007, 1);
        thenFigure(precision, Rule.VOC_2010, 1);
        thenFigure(precision, Rule.DARKNET, 1);
        thenFigure(precision, Rule.COCO_50, (51 * 1 + 50 * 2 / 3.0) / 101); // there an object like others
    }

    /// The detection overlaps the difficult object by 0.9, the other by 0.6.
    @Test
    void givesADetectionToTheDifficultObjectInVocAndToTheOtherInDarknet() {
        var precision = given(new Objects(List.of(new LabelledBox(new Box(0, 0, 10, 9), 0, true),
                new LabelledBox(new Box(0, 0, 10, 6), 0))), found(A, .9));

        thenFigure(precision, Rule.VOC_2010, 0);
        thenFigure(precision, Rule.DARKNET, 1);
    }

    @Test
    void takesCrowdsForNothingInCocoHoweverOftenTheyAreFound() {
        var crowd = new Box(100, 0, 200, 100);
        var precision = new AveragePrecision(1, Difficult.CROWD);
        precision.add(new Objects(List.of(new LabelledBox(crowd, 0, true), new LabelledBox(A, 0))),
                List.of(found(new Box(100, 0, 110, 10), .9), found(new Box(150, 0, 170, 20), .8), found(A, .7)));

        thenFigure(precision, Rule.COCO, 1);
        assertThat(precision.coco(CocoFigure.AR_100)).hasValue(1);
        assertThat(precision.coco(CocoFigure.AR_1)).hasValue(0); // the best one lies in the crowd
    }

    @Test
    void partsObjectsByTheirSizeInCoco() {
        var small = new Box(0, 0, 32, 32); // at the edge of two sizes, so in both
        var large = new Box(100, 100, 200, 200);
        var precision = given(objects(small, large), found(small, .9), found(NOWHERE, .8));

        assertThat(precision.coco(CocoFigure.AP_SMALL)).hasValue(1);
        assertThat(precision.coco(CocoFigure.AR_MEDIUM)).hasValue(1);
        assertThat(precision.coco(CocoFigure.AP_LARGE)).hasValue(0);
        assertThat(precision.coco(CocoFigure.AR_100)).hasValue(1 / 2.0);
        assertThat(given(objects(small), found(small, .9)).coco(CocoFigure.AP_LARGE)).isEmpty();
    }

    @Test
    void takesTheBestHundredOfAPictureInCoco() {
        var wrong = IntStream.range(0, 100).mapToObj(i -> found(NOWHERE, .5 + i / 1000.0));
        var precision = new AveragePrecision(1);
        precision.add(objects(A), Stream.concat(Stream.of(found(A, .1)), wrong).toList());

        assertThat(precision.coco(CocoFigure.AR_100)).hasValue(0);
        thenFigure(precision, Rule.VOC_2010, 1 / 101.0);
    }

    @Test
    void leavesOutScoresUpToFiveThousandthsInDarknet() {
        var precision = given(objects(A, B), found(A, .9), found(B, .005));

        thenFigure(precision, Rule.DARKNET, 1 / 2.0);
        thenFigure(precision, Rule.VOC_2010, 1);
    }

    @ParameterizedTest
    @EnumSource
    void leavesClassesWithoutObjectsOutOfTheMean(Rule rule) {
        var precision = new AveragePrecision(3);
        precision.add(new Objects(List.of(new LabelledBox(A, 0), new LabelledBox(B, 1))),
                List.of(new Detection(A, 0, .9), new Detection(A, 2, .8)));

        assertThat(precision.of(rule, 0).orElseThrow()).isEqualTo(1, EXACT);
        assertThat(precision.of(rule, 1)).hasValue(0);
        assertThat(precision.of(rule, 2)).isEmpty();
        assertThat(precision.mean(rule)).isEqualTo(1 / 2.0, EXACT);
        assertThat(new AveragePrecision(1).mean(rule)).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "COCO", "COCO_50" })
    void hasNoFigureForAClassOfDifficultObjectsAlone(Rule rule) {
        var precision = given(new Objects(List.of(new LabelledBox(A, 0, true))), found(A, .9));

        assertThat(precision.of(rule, 0)).isEmpty();
    }

    @Test
    void ranksDetectionsOfAllPicturesTogether() {
        var precision = given(objects(A), found(A, .6));
        precision.add(new Objects(List.of()), List.of(found(A, .7)));
        precision.add(objects(A), List.of(found(B, .1), found(A, .8)));
        var curve = precision.curve(Rule.VOC_2010, 0).orElseThrow();

        assertThat(curve.scores()).containsExactly(.8, .7, .6, .1);
        assertThat(curve.recall()).containsExactly(1 / 2.0, 1 / 2.0, 1, 1);
        assertThat(curve.precision()).containsExactly(1, 1 / 2.0, 2 / 3.0, 1 / 2.0);
        thenFigure(precision, Rule.VOC_2010, 1 / 2.0 * 1 + 1 / 2.0 * 2 / 3);
    }

    /// F1 of the best one, two, three …: 2/4, 2/5, 4/6, 4/7. With the third and fourth of one score: 4/7.
    @Test
    void namesTheScoreWithTheBestF1() {
        var apart = given(objects(A, B, NOWHERE), found(A, .9), found(A, .8), found(B, .7), found(B, .6));
        var together = given(objects(A, B, NOWHERE), found(A, .9), found(A, .8), found(B, .7), found(B, .7));

        var best = apart.curve(Rule.VOC_2010, 0).orElseThrow().bestF1().orElseThrow();
        assertThat(best.score()).isEqualTo(.7);
        assertThat(best.precision()).isEqualTo(2 / 3.0, EXACT);
        assertThat(best.recall()).isEqualTo(2 / 3.0, EXACT);
        assertThat(best.f1()).isEqualTo(2 / 3.0, EXACT);
        assertThat(together.curve(Rule.VOC_2010, 0).orElseThrow().bestF1().orElseThrow().f1())
                .isEqualTo(4 / 7.0, EXACT);
        assertThat(given(objects(A), found(B, .9)).curve(Rule.VOC_2010, 0).orElseThrow().bestF1()).isEmpty();
    }

    @Test
    void refusesAClassThatItDoesNotHave() {
        assertThatThrownBy(() -> given(objects(A), new Detection(A, 1, .5))).isInstanceOf(StriateException.class)
                .hasMessage("Classes from 0 to 0 were expected; a detection has the class 1.");
        assertThatThrownBy(() -> given(new Objects(List.of(new LabelledBox(A, 4)))))
                .isInstanceOf(StriateException.class).hasMessageContaining("an object has the class 4");
        assertThatThrownBy(() -> new AveragePrecision(0)).isInstanceOf(StriateException.class);
    }

    private static AveragePrecision given(Objects truth, Detection... detections) {
        var precision = new AveragePrecision(1);
        precision.add(truth, List.of(detections));
        return precision;
    }

    private static Objects objects(Box... boxes) {
        return new Objects(Stream.of(boxes).map(box -> new LabelledBox(box, 0)).toList());
    }

    private static Detection found(Box box, double score) {
        return new Detection(box, 0, score);
    }

    private static void thenFigure(AveragePrecision precision, Rule rule, double expected) {
        assertThat(precision.of(rule, 0).orElseThrow()).as(rule.name()).isEqualTo(expected, EXACT);
    }
}
