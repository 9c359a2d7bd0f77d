package dev.striate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private static final Size PICTURE = new Size(60, 80);
    private static final Size MAP = new Size(1, 4);
    private static final List<Box> ANCHORS = List.of(new Box(0, 0, 20, 20), new Box(2, 0, 22, 20),
            new Box(40, 0, 60, 20), new Box(60, 40, 80, 60));

    /// The second repeats the first: their overlap is 18/22.
    @Test
    void theSurestOfWhatRepeatsRemains() {
        var found = given(new Proposals(100, 0.7, 10, 1), new float[16], 1, 2, 0, 3);
        assertThat(found).extracting(Detection::box).containsExactly(ANCHORS.get(3), ANCHORS.get(1), ANCHORS.get(2));
        assertThat(found.getLast().score()).isEqualTo(0.5);
        assertThat(given(new Proposals(100, 0.9, 10, 1), new float[16], 1, 2, 0, 3)).hasSize(4);
    }

    @Test
    void onlyTheBestAreLookedAtAndOnlySomeRemain() {
        assertThat(given(new Proposals(2, 0.7, 10, 1), new float[16], 2, 3, 1, 0)).extracting(Detection::box)
                .containsExactly(ANCHORS.get(1));
        assertThat(given(new Proposals(100, 0.7, 1, 1), new float[16], 1, 2, 0, 3)).hasSize(1);
    }

    /// Each anchor moves by its width to the right, the first grows to twice its height.
    @Test
    void anchorsAreMovedAndCutAtTheEdge() {
        var offsets = new float[16];
        for (var cell = 0; cell < 4; cell++) offsets[cell] = 1;
        offsets[12] = (float) Math.log(2);
        var found = given(new Proposals(100, 0.7, 10, 5), offsets, 3, 0, 1, 2);
        assertThat(found).extracting(Detection::box).last().isEqualTo(new Box(22, 0, 42, 20));
        assertThat(found).extracting(Detection::box).element(1).isEqualTo(new Box(60, 0, 80, 20));
        assertThat(found).hasSize(3); // the last has left the picture
        assertThat(found.getFirst().box().bottom()).isCloseTo(30, within(1e-5));
        assertThat(found.getFirst().box().top()).isZero();
    }

    @Test
    void smallOnesAreLeftOut() {
        assertThat(given(new Proposals(100, 0.7, 10, 20.5), new float[16], 1, 2, 0, 3)).isEmpty();
        assertThat(given(new Proposals(100, 0.7, 10, 0), leaving(), 1, 2, 0, 3)).isEmpty();
    }

    @Test
    void anUntrainedNetworksWildOffsetsGiveBoxesInThePicture() {
        var offsets = new float[16];
        for (var i = 0; i < 16; i++) offsets[i] = i < 8 ? 0 : 1e30f;
        assertThat(given(Proposals.atTest(), offsets, 1e30f, -1e30f, 0, 0)).singleElement()
                .satisfies(one -> assertThat(one.box()).isEqualTo(new Box(0, 0, 80, 60)));
    }

    @Test
    void eachPictureOfABatchHasItsOwn() {
        var scores = new float[] { 9, 9, 9, 9, 1, 2, 0, 3 };
        var offsets = new float[32];
        for (var i = 0; i < 16; i++) offsets[i] = 5;
        var maps = new RpnMaps(Values.of(scores), Values.of(offsets), 1, MAP);
        assertThat(new Proposals(100, 0.7, 10, 1).of(maps, 1, ANCHORS, PICTURE))
                .isEqualTo(given(new Proposals(100, 0.7, 10, 1), new float[16], 1, 2, 0, 3));
    }

    @Test
    void thePapersNumbersAreKept() {
        assertThat(Proposals.inTraining()).isEqualTo(new Proposals(12_000, 0.7, 2_000, 16));
        assertThat(Proposals.atTest()).isEqualTo(new Proposals(6_000, 0.7, 300, 16));
        var map = new Size(38, 50);
        var anchors = RegionAnchors.fasterRcnn().at(map);
        var maps = new RpnMaps(Values.of(new float[anchors.size()]), Values.of(new float[4 * anchors.size()]), 9, map);
        assertThat(Proposals.atTest().of(maps, 0, anchors, new Size(600, 800))).hasSizeBetween(100, 300);
    }

    @Test
    void refusesWhatDoesNotFit() {
        var maps = new RpnMaps(Values.of(new float[4]), Values.of(new float[16]), 1, MAP);
        assertThatThrownBy(() -> Proposals.atTest().of(maps, 0, List.of(), PICTURE)).hasMessageContaining("received 0");
        assertThatThrownBy(() -> Proposals.atTest().of(maps, 1, ANCHORS, PICTURE)).hasMessageContaining("picture 1");
        assertThatThrownBy(() -> new Proposals(0, 0.7, 1, 1)).hasMessageContaining("received 0");
        assertThatThrownBy(() -> new Proposals(1, 7, 1, 1)).hasMessageContaining("received 7.0");
        var undefined = new float[16];
        undefined[3] = Float.NaN;
        assertThatThrownBy(() -> given(Proposals.atTest(), undefined, 1, 1, 1, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> given(Proposals.atTest(), new float[16], 1, 1, Float.NaN, 1))
                .hasMessageContaining("NaN");
    }

    private static List<Detection> given(Proposals proposals, float[] offsets, float... scores) {
        return proposals.of(new RpnMaps(Values.of(scores), Values.of(offsets), 1, MAP), 0, ANCHORS, PICTURE);
    }

    /// Far to the left.
    private static float[] leaving() {
        var offsets = new float[16];
        for (var cell = 0; cell < 4; cell++) offsets[cell] = -50;
        return offsets;
    }
}
