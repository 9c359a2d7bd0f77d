package dev.striate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.graph.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionDecodingTest {
    private static final Size PICTURE = new Size(100, 100);
    private static final double THREE = Math.log(3);

    /// Softmax of (0, ln 3, 0): 1/5, 3/5, 1/5; the box moves right by a tenth of its 20 pixels.
    @Test
    void aRegionsClassComesWithItsOwnBox() {
        var outputs = new HeadOutputs(Values.of(0.0, THREE, 0), Values.of(1.0, 0, 0, 0, 0, 0, 0, 0), 2);
        var found = new RegionDecoding(0.3, 0.5, 10).of(outputs, List.of(new Box(10, 10, 30, 30)), BoxEncoding.USUAL,
                PICTURE);
        assertThat(found).singleElement().satisfies(each -> {
            assertThat(each.label()).isZero();
            assertThat(each.score()).isCloseTo(0.6, within(1e-12));
            assertThat(each.box().left()).isCloseTo(12, within(1e-9));
            assertThat(each.box().right()).isCloseTo(32, within(1e-9));
        });
    }

    @Test
    void repeatsOfAClassAreSuppressedAndOtherClassesAreNot() {
        var region = new Box(10, 10, 30, 30);
        var scores = Values.of(0.0, 2, -9, 0, 3, -9, 0, -9, 1);
        var found = new RegionDecoding(0.3, 0.5, 10).of(new HeadOutputs(scores, Values.of(new double[24]), 2),
                List.of(region, region, region), BoxEncoding.USUAL, PICTURE);
        assertThat(found).extracting(each -> each.label()).containsExactly(0, 1);
        assertThat(found.getFirst().score()).isGreaterThan(0.95);
    }

    @Test
    void boxesEndAtThePicturesEdgeAndNoMoreAreGivenThanAskedFor() {
        var scores = Values.of(0.0, 2, 0, 1);
        var regions = List.of(new Box(-20, 10, 30, 30), new Box(60, 60, 90, 90));
        var found = new RegionDecoding(0.3, 0.5, 1).of(new HeadOutputs(scores, Values.of(new double[8]), 1), regions,
                BoxEncoding.USUAL, PICTURE);
        assertThat(found).singleElement().satisfies(each -> assertThat(each.box().left()).isZero());
    }
}
