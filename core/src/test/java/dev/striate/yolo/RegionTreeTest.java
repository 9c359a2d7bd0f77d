package dev.striate.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.detect.Detection;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.tree.ClassTree;
import dev.striate.zoo.Zoo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// YOLO v2's output layer with classes that are kinds of one another: animal, thing, and of animals dog and cat.
class RegionTreeTest {
    private static final int ANIMAL = 0;
    private static final int DOG = 2;
    private static final int CAT = 3;
    private static final int CHANNELS = 9;
    private static final Size INPUT = Size.square(32);
    /// Animal 3/4, thing 1/4; among animals dog 1/5, cat 4/5.
    private static final double[] RATHER_CAT = { Math.log(3), 0, 0, Math.log(4) };

    @ParameterizedTest
    @CsvSource({ "0.5, 3", "0.7, 0", "0.9, 0", "0, 3" })
    void findsTheClassWhereTheDescentEnds(String threshold, int expected) {
        var found = found(head(Map.of("tree.threshold", threshold)), logit(0.8), RATHER_CAT);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().label()).isEqualTo(expected);
        assertThat(found.getFirst().score()).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void findsNothingWhereNoObjectIs() {
        assertThat(found(head(Map.of()), logit(0.2), RATHER_CAT)).isEmpty();
    }

    @Test
    void anObjectTeachesItsClassAndThoseAbove() {
        var loss = loss(cells(cell(logit(0.2), RATHER_CAT)), new Truths.Objects(List.of(whole(CAT))));
        thenClassesLearn(loss, 0, -0.25, 0.25, 0.2, -0.2);
    }

    @Test
    void anObjectOfAnInnerClassTeachesNothingBelow() {
        var loss = loss(cells(cell(logit(0.2), RATHER_CAT)), new Truths.Objects(List.of(whole(ANIMAL))));
        thenClassesLearn(loss, 0, -0.25, 0.25, 0, 0);
    }

    /// By hand: 5 · (0.2 − 0.3) through the logistic function's slope, 0.2 · 0.8.
    @Test
    void aPictureOfAClassTeachesTheSurestPredictionThatItOverlapsALittle() {
        var loss = loss(cells(cell(logit(0.2), RATHER_CAT)), new Truths.Label(CAT));
        thenClassesLearn(loss, 0, -0.25, 0.25, 0.2, -0.2);
        assertThat(loss.gradient()[4]).isCloseTo(-0.08f, within(1e-6f));
        for (var i = 0; i < 4; i++) assertThat(loss.gradient()[i]).isZero();
        assertThat(loss.objects()).isZero();
    }

    @Test
    void aPredictionThatOverlapsWellEnoughKeepsItsObjectness() {
        assertThat(loss(cells(cell(logit(0.5), RATHER_CAT)), new Truths.Label(CAT)).gradient()[4]).isZero();
    }

    /// Cat is 0.6 · 0.75 · 0.2 in the left cell and 0.5 · 0.75 · 0.8 in the right one; animal 0.6 · 0.75 and 0.5 · 0.75.
    @Test
    void onlyTheSurestPredictionOfTheClassLearns() {
        var maps = cells(cell(logit(0.6), Math.log(3), 0, Math.log(4), 0), cell(logit(0.5), RATHER_CAT));

        var ofCat = loss(maps, new Truths.Label(CAT));
        thenClassesLearn(ofCat, 0, 0, 0, 0, 0);
        thenClassesLearn(ofCat, 1, -0.25, 0.25, 0.2, -0.2);
        var ofAnimal = loss(maps, new Truths.Label(ANIMAL));
        thenClassesLearn(ofAnimal, 0, -0.25, 0.25, 0, 0);
        thenClassesLearn(ofAnimal, 1, 0, 0, 0, 0);
    }

    /// Of the same two cells: animal is surest in the left one, and so is any object.
    @Test
    void orTheSurestOfWhatIsAboveIt() {
        var maps = cells(cell(logit(0.6), Math.log(3), 0, Math.log(4), 0), cell(logit(0.5), RATHER_CAT));
        var byParent = head(Map.of(RegionHead.LABELS_BY_PARENT, "1"));

        var ofCat = loss(byParent, maps, new Truths.Label(CAT));
        thenClassesLearn(ofCat, 0, -0.25, 0.25, 0.8, -0.8);
        thenClassesLearn(ofCat, 1, 0, 0, 0, 0);
        var ofAnimal = loss(byParent, maps, new Truths.Label(ANIMAL));
        thenClassesLearn(ofAnimal, 0, -0.25, 0.25, 0, 0);
        thenClassesLearn(ofAnimal, 1, 0, 0, 0, 0);
    }

    /// In the middle a box of three cells, of objectness 0.4: with both of 0.5 in it, 0.4 · (0.4 + 1) is more than 0.5 · (0.5 + 0.4/3).
    @Test
    void theWholeLearnsByItsParentAndItsPartsAreNoObjects() {
        var whole = cell(logit(0.4), RATHER_CAT);
        whole[2] = Math.log(3);
        var maps = cells(cell(logit(0.5), RATHER_CAT), whole, cell(logit(0.5), RATHER_CAT));
        var loss = loss(head(Map.of(RegionHead.LABELS_BY_PARENT, "1")), maps, new Truths.Label(CAT));
        thenClassesLearn(loss, 1, -0.25, 0.25, 0.2, -0.2);
        assertThat(loss.gradient()[CHANNELS + 4]).isZero();
        for (var part : new int[] { 0, 2 }) {
            thenClassesLearn(loss, part, 0, 0, 0, 0);
            assertThat(loss.gradient()[part * CHANNELS + 4]).isCloseTo(0.125f, within(1e-6f)); // 0.5 · 0.5 · (1 − 0.5)
        }
    }

    @Test
    void picturesOfBothKindsLearnTogether() {
        var both = head(Map.of()).loss(cells(cell(logit(0.2), RATHER_CAT), cell(logit(0.2), RATHER_CAT)),
                Size.square(1), INPUT, List.of(new Truths.Label(DOG), new Truths.Objects(List.of(whole(CAT)))),
                1_000_000);
        assertThat(both.gradient()[5 + DOG]).isCloseTo(-0.8f, within(1e-6f));
        assertThat(both.gradient()[CHANNELS + 5 + CAT]).isCloseTo(-0.2f, within(1e-6f));
        assertThat(both.objects()).isEqualTo(1);
    }

    @Test
    void otherHeadsWantBoxes() {
        var v3 = YoloHeads.of(Zoo.network("yolov3_small")).heads().firstEntry().getValue();
        var map = new float[v3.channels() * 16];
        assertThatThrownBy(() -> v3.loss(map, Size.square(4), Size.square(128), List.of(new Truths.Label(0)), 0))
                .isInstanceOf(StriateException.class)
                .hasMessage(
                        "Boxes were expected for each picture, since only a [region] layer (YOLO v2) learns from a class "
                                + "without a box; received a class alone.");
    }

    @Test
    void aNetworkTakesTheClassesOfATreeAndGivesThemUpForOthers() {
        var tree = ClassTree.parse("-1*2,0*2");
        var network = OtherClasses.of(Zoo.network("yolov2_small"), tree);
        assertThat(region(network).tree()).isEqualTo(tree);
        assertThat(region(network).descent()).hasValue(0.5);
        assertThat(region(network).labelsByParent()).isTrue();
        var other = region(OtherClasses.of(network, 4));
        assertThat(other.tree()).isEqualTo(ClassTree.flat(4));
        assertThat(other.descent()).isEmpty();
        assertThat(other.labelsByParent()).isFalse();
    }

    @Test
    void refusesATreeForAHeadThatHasNone() {
        assertThatThrownBy(() -> OtherClasses.of(Zoo.network("yolov3_small"), ClassTree.flat(2)))
                .isInstanceOf(StriateException.class)
                .hasMessageStartingWith("A tree of classes expects a network whose "
                        + "output is a [region] layer, such as yolov2_small; the output '");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "classes | 5 | A [region] layer expects as many classes as its tree has, 4; received 5.",
            "tree.threshold | 2 | The descent of a tree of classes expects a threshold from 0 to 1 for tree.threshold; "
                    + "received 2.0.",
            "tree.parents | -1,7 | A tree of classes expects the parent of class 1 to be one before it, or -1 for none; "
                    + "received 7." })
    void refusesSettingsThatAreNoTree(String key, String value, String message) {
        assertThatThrownBy(() -> head(Map.of(key, value))).isInstanceOf(StriateException.class).hasMessage(message);
    }

    @Test
    void refusesATreeWhoseFileWasNotRead() {
        var settings = Map.of("classes", "4", "tree", "a.tree");
        assertThatThrownBy(() -> YoloHead.of(new Op.Detection("region", settings)))
                .isInstanceOf(StriateException.class)
                .hasMessage("A [region] layer with the tree a.tree expects the parents of its classes as tree.parents; "
                        + "received none.");
    }

    private static RegionHead region(Network network) {
        return (RegionHead) YoloHeads.of(network).heads().firstEntry().getValue();
    }

    private static YoloHead head(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("classes", "4", "tree.parents", "-1*2,0*2", "anchors", "1,1", "num", "1",
                "object_scale", "5"));
        settings.putAll(more);
        return YoloHead.of(new Op.Detection("region", settings), new Shape(CHANNELS, 1, 2));
    }

    /// The numbers of a cell: a box in its middle as large as its anchor, the objectness, the classes.
    private static double[] cell(double objectness, double... classes) {
        var cell = new double[CHANNELS];
        cell[4] = objectness;
        System.arraycopy(classes, 0, cell, 5, classes.length);
        return cell;
    }

    /// Cells one behind the other: of one each a picture, of two or more a map of one row.
    private static float[] cells(double[]... cells) {
        var map = new float[cells.length * CHANNELS];
        for (var i = 0; i < cells.length; i++) {
            for (var k = 0; k < CHANNELS; k++) map[i * CHANNELS + k] = (float) cells[i][k];
        }
        return map;
    }

    private static HeadLoss loss(float[] cells, Truths truths) {
        return loss(head(Map.of()), cells, truths);
    }

    private static HeadLoss loss(YoloHead head, float[] cells, Truths truths) {
        var count = cells.length / CHANNELS;
        var map = new float[cells.length]; // channels × cells
        for (var i = 0; i < cells.length; i++) map[i % CHANNELS * count + i / CHANNELS] = cells[i];
        var loss = head.loss(map, new Size(1, count), INPUT, List.of(truths), 1_000_000);
        var gradient = new float[cells.length]; // cells × channels, as above
        for (var i = 0; i < cells.length; i++) gradient[i] = loss.gradient()[i % CHANNELS * count + i / CHANNELS];
        return new HeadLoss(loss.cost(), gradient, loss.objects(), loss.overlap());
    }

    private static void thenClassesLearn(HeadLoss loss, int cell, double... expected) {
        for (var k = 0; k < expected.length; k++) {
            assertThat(loss.gradient()[cell * CHANNELS + 5 + k]).as("class %d", k)
                    .isCloseTo((float) expected[k], within(1e-6f));
        }
    }

    private static List<Detection> found(YoloHead head, double objectness, double... classes) {
        var found = new Candidates();
        head.decode(cells(cell(objectness, classes)), 0, Size.square(1), INPUT, 0.25, found);
        return found.found();
    }

    private static Truth whole(int label) {
        return new Truth(0.5, 0.5, 1, 1, label);
    }

    private static double logit(double share) {
        return Math.log(share / (1 - share));
    }
}
