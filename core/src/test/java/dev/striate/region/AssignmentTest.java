package dev.striate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.graph.Size;
import dev.striate.random.Draws;
import dev.striate.random.RandomStream;
import dev.striate.target.Target.LabelledBox;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final Size PICTURE = new Size(100, 200);
    private static final LabelledBox CAT = new LabelledBox(new Box(10, 10, 20, 20), 4);
    /// Their overlaps with the cat: 1, 0.8, 0.6, 0.4, 0.2 and 0.
    private static final List<Box> SHRINKING = List.of(new Box(10, 10, 20, 20), new Box(10, 10, 20, 18),
            new Box(10, 10, 20, 16), new Box(10, 10, 20, 14), new Box(10, 10, 20, 12), new Box(50, 50, 60, 60));

    @Test
    void anchorsAreForegroundAboveOneThresholdAndBackgroundBelowAnother() {
        var assigned = AnchorAssignment.fasterRcnn().of(SHRINKING, List.of(CAT), PICTURE, draws());
        assertThat(assigned).containsExactly(
                new Assigned.Foreground(0, SHRINKING.get(0), CAT.box(), 4),
                new Assigned.Foreground(1, SHRINKING.get(1), CAT.box(), 4),
                new Assigned.Background(4, SHRINKING.get(4)), new Assigned.Background(5, SHRINKING.get(5)));
    }

    @Test
    void theBestAnchorsOfAnObjectAreForegroundHoweverLittleTheyOverlap() {
        var twice = List.of(SHRINKING.get(4), SHRINKING.get(5), SHRINKING.get(4));
        assertThat(foreground(AnchorAssignment.fasterRcnn().of(twice, List.of(CAT), PICTURE, draws())))
                .containsExactly(0, 2);
    }

    @Test
    void anObjectThatNoAnchorMeetsHasNone() {
        var far = List.of(SHRINKING.get(5));
        assertThat(AnchorAssignment.fasterRcnn().of(far, List.of(CAT), PICTURE, draws()))
                .containsExactly(new Assigned.Background(0, far.getFirst()));
    }

    @Test
    void anAnchorIsForTheObjectThatItOverlapsMost() {
        var dog = new LabelledBox(new Box(10, 10, 20, 19), 5);
        var assigned = AnchorAssignment.fasterRcnn().of(List.of(SHRINKING.get(1)), List.of(CAT, dog), PICTURE, draws());
        assertThat(assigned).containsExactly(new Assigned.Foreground(0, SHRINKING.get(1), dog.box(), 5));
    }

    @Test
    void anchorsAcrossTheEdgeLearnNothingAndLeaveTheObjectToOthers() {
        var atTheEdge = new LabelledBox(new Box(0, 0, 10, 10), 0);
        var anchors = List.of(new Box(-1, 0, 10, 10), new Box(0, 0, 10, 5), new Box(195, 0, 201, 9));
        var rule = AnchorAssignment.fasterRcnn();
        assertThat(indices(rule.of(anchors, List.of(atTheEdge), PICTURE, draws()))).containsExactly(1);
        var all = new AnchorAssignment(0.7, 0.3, 256, 0.5, true);
        assertThat(foreground(all.of(anchors, List.of(atTheEdge), PICTURE, draws()))).containsExactly(0);
        assertThat(rule.of(anchors.subList(0, 1), List.of(atTheEdge), PICTURE, draws())).isEmpty();
    }

    @Test
    void aDifficultObjectIsNeitherLearntNorBackground() {
        var difficult = List.of(new LabelledBox(CAT.box(), 4, true));
        assertThat(AnchorAssignment.fasterRcnn().of(SHRINKING, difficult, PICTURE, draws())).containsExactly(
                new Assigned.Background(4, SHRINKING.get(4)), new Assigned.Background(5, SHRINKING.get(5)));
        assertThat(new RegionSampling(0.5, 0, 8, 0.25).of(SHRINKING, difficult, draws())).containsExactly(
                new Assigned.Background(3, SHRINKING.get(3)), new Assigned.Background(4, SHRINKING.get(4)),
                new Assigned.Background(5, SHRINKING.get(5)));
        assertThat(SvmAssignment.rcnn().positives(difficult, 4)).isEmpty();
        assertThat(SvmAssignment.rcnn().negatives(SHRINKING, difficult, 4)).containsExactly(4, 5);
        assertThat(RegionSampling.withObjects(SHRINKING, difficult)).isEqualTo(SHRINKING);
    }

    @Test
    void aRegionOnADifficultObjectDoesNotLearnAnOrdinaryOneBesideIt() {
        var both = List.of(new LabelledBox(new Box(10, 10, 20, 18), 4), new LabelledBox(CAT.box(), 4, true));
        assertThat(foreground(new RegionSampling(0.5, 0.1, 8, 1).of(SHRINKING, both, draws())))
                .containsExactly(1, 2, 3);
    }

    @Test
    void atMostHalfOfTheAnchorsAreForegroundAndBackgroundMakesUpForThem() {
        var many = Stream.concat(Collections.nCopies(300, CAT.box()).stream(),
                Collections.nCopies(900, SHRINKING.get(5)).stream()).toList();
        var rule = AnchorAssignment.fasterRcnn();
        var assigned = rule.of(many, List.of(CAT), PICTURE, draws());
        assertThat(foreground(assigned)).hasSize(128).doesNotHaveDuplicates();
        assertThat(indices(assigned)).hasSize(256).doesNotHaveDuplicates();
        assertThat(rule.of(many, List.of(CAT), PICTURE, draws())).isEqualTo(assigned);
        assertThat(rule.of(many, List.of(CAT), PICTURE, RandomStream.of(8).draws())).isNotEqualTo(assigned);
        assertThat(foreground(rule.of(many.subList(290, 1200), List.of(CAT), PICTURE, draws()))).hasSize(10);
        assertThat(rule.of(many.subList(290, 1200), List.of(CAT), PICTURE, draws())).hasSize(256);
    }

    /// Of 4 boxes, each is the one chosen in about a quarter of 4,000 draws; the deviation of such a count is 27.
    @Test
    void eachCandidateIsDrawnAsOftenAsTheOthers() {
        var one = new RegionSampling(0.5, 0, 1, 0);
        var regions = Collections.nCopies(4, SHRINKING.get(5));
        var draws = draws();
        var counts = new int[4];
        for (var i = 0; i < 4000; i++) counts[one.of(regions, List.of(), draws).getFirst().index()]++;
        for (var count : counts) assertThat(count).isBetween(860, 1140);
    }

    @Test
    void regionsAreForegroundFromHalfAndBackgroundFromATenth() {
        var sampling = new RegionSampling(0.6, 0.2, 12, 0.25);
        var assigned = sampling.of(SHRINKING, List.of(CAT), draws());
        assertThat(foreground(assigned)).containsExactly(0, 1, 2);
        assertThat(indices(assigned)).containsExactly(0, 1, 2, 3, 4);
        assertThat(RegionSampling.fastRcnn(64)).isEqualTo(new RegionSampling(0.5, 0.1, 64, 0.25));
        assertThat(indices(RegionSampling.rcnn().of(SHRINKING, List.of(CAT), draws()))).containsExactly(0, 1, 2, 3, 4,
                5);
    }

    @Test
    void aQuarterOfTheRegionsIsForeground() {
        var many = Stream.concat(Collections.nCopies(100, CAT.box()).stream(),
                Collections.nCopies(100, SHRINKING.get(4)).stream()).toList();
        var assigned = RegionSampling.fastRcnn(64).of(many, List.of(CAT), draws());
        assertThat(foreground(assigned)).hasSize(16);
        assertThat(assigned).hasSize(64);
        assertThat(RegionSampling.fastRcnn(64).of(many.subList(0, 110), List.of(CAT), draws())).hasSize(26);
    }

    @Test
    void aSupportVectorMachineLearnsObjectsAloneAgainstWhatHardlyTouchesThem() {
        var dog = new LabelledBox(SHRINKING.get(5), 5);
        assertThat(SvmAssignment.rcnn().positives(List.of(CAT, dog), 4)).containsExactly(CAT.box());
        assertThat(SvmAssignment.rcnn().negatives(SHRINKING, List.of(CAT, dog), 4)).containsExactly(4, 5);
        assertThat(SvmAssignment.rcnn().negatives(SHRINKING, List.of(CAT, dog), 5)).containsExactly(0, 1, 2, 3, 4);
        assertThat(SvmAssignment.rcnn().negatives(SHRINKING, List.of(CAT), 9)).hasSize(6);
    }

    @Test
    void aPictureWithoutObjectsIsAllBackground() {
        assertThat(AnchorAssignment.fasterRcnn().of(SHRINKING, List.of(), PICTURE, draws()))
                .hasSize(6).allMatch(Assigned.Background.class::isInstance);
        assertThat(RegionSampling.rcnn().of(SHRINKING, List.of(), draws())).hasSize(6);
        assertThat(RegionSampling.fastRcnn(64).of(SHRINKING, List.of(), draws())).isEmpty();
        assertThat(RegionSampling.rcnn().of(List.of(), List.of(CAT), draws())).isEmpty();
    }

    @Test
    void objectsWithoutAreaAreNotLearnt() {
        var flat = List.of(new LabelledBox(new Box(10, 10, 10, 20), 0), new LabelledBox(new Box(5, 5, 5, 5), 1));
        assertThat(foreground(AnchorAssignment.fasterRcnn().of(SHRINKING, flat, PICTURE, draws()))).isEmpty();
        assertThat(foreground(RegionSampling.rcnn().of(RegionSampling.withObjects(SHRINKING, flat), flat, draws())))
                .isEmpty();
        assertThat(SvmAssignment.rcnn().positives(flat, 0)).isEmpty();
    }

    @Test
    void twoHundredObjectsEachFindTheirAnchor() {
        var anchors = new RegionAnchors(16, List.of(16.0, 32.0), List.of(0.5, 1.0, 2.0)).at(new Size(40, 60));
        var draws = draws();
        var objects = IntStream.range(0, 200)
                .mapToObj(i -> new LabelledBox(Box.around(40 + i % 20 * 44 + draws.nextInt(9),
                        40 + i / 20 * 56 + draws.nextInt(9), 10 + draws.nextInt(30), 10 + draws.nextInt(30)), i))
                .toList();
        var all = new AnchorAssignment(0.7, 0.3, 100_000, 1, false);
        var found = all.of(anchors, objects, new Size(640, 960), draws).stream()
                .filter(Assigned.Foreground.class::isInstance).map(one -> ((Assigned.Foreground) one).label())
                .distinct();
        assertThat(found).hasSize(200);
    }

    @Test
    void refusesThresholdsThatAreNoOverlaps() {
        assertThatThrownBy(() -> new AnchorAssignment(0.3, 0.7, 256, 0.5, false))
                .isInstanceOf(StriateException.class).hasMessageContaining("received 0.7 and 0.3");
        assertThatThrownBy(() -> new AnchorAssignment(0.7, 0.3, 0, 0.5, false)).hasMessageContaining("received 0");
        assertThatThrownBy(() -> new RegionSampling(0, 0, 64, 0.25)).hasMessageContaining("Overlaps");
        assertThatThrownBy(() -> new RegionSampling(0.5, 0.1, 64, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new SvmAssignment(-1)).hasMessageContaining("-1.0");
    }

    private static Draws draws() {
        return RandomStream.of(7).draws();
    }

    private static List<Integer> indices(List<Assigned> assigned) {
        return assigned.stream().map(Assigned::index).toList();
    }

    private static List<Integer> foreground(List<Assigned> assigned) {
        return indices(assigned.stream().filter(Assigned.Foreground.class::isInstance).toList());
    }
}
