package dev.striate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BoxEncodingTest {
    private static final Box FROM = Box.around(10, 20, 10, 20);
    private static final Box TO = Box.around(15, 16, 20, 10);

    @Test
    void offsetsAreInTheBoxesOwnMeasure() {
        then(BoxEncoding.PLAIN.encode(FROM, TO), 0.5, -0.2, Math.log(2), -Math.log(2));
        then(BoxEncoding.USUAL.encode(FROM, TO), 5, -2, 5 * Math.log(2), -5 * Math.log(2));
    }

    @Test
    void decodingGivesTheBoxBack() {
        var encoding = new BoxEncoding(new BoxOffsets(0.1, -0.2, 0.3, 0.05), new BoxOffsets(0.1, 0.2, 0.3, 0.4));
        for (var from : List.of(FROM, TO, new Box(-5, 0, 900, 30))) {
            for (var to : List.of(FROM, TO, new Box(0.25, 3, 0.5, 500))) {
                then(encoding.decode(from, encoding.encode(from, to)), to);
            }
        }
    }

    /// Two boxes, the offsets of which are −1 and 3 beside 2 and 2.
    @Test
    void measuredOffsetsHaveMeanZeroAndDeviationOne() {
        var encoding = BoxEncoding.measured(List.of(new BoxOffsets(-1, 2, 0, 1), new BoxOffsets(3, 2, 1, 1)));
        assertThat(encoding.means()).isEqualTo(new BoxOffsets(1, 2, 0.5, 1));
        assertThat(encoding.deviations()).isEqualTo(new BoxOffsets(2, 1, 0.5, 1));
    }

    @Test
    void aSideGrowsToNoMoreThanAThousandSixteenths() {
        var box = BoxEncoding.PLAIN.decode(FROM, new BoxOffsets(0, 0, 1e6, -1e6));
        assertThat(box.width()).isCloseTo(10 * 1000 / 16.0, within(1e-9));
        assertThat(box.height()).isZero();
        assertThat(box.clipped(64, 48)).isEqualTo(new Box(0, 20, 64, 20));
    }

    @Test
    void boxesWithoutAreaHaveFiniteOffsets() {
        var flat = new Box(5, 5, 5, 9);
        for (var offsets : List.of(BoxEncoding.PLAIN.encode(flat, TO), BoxEncoding.PLAIN.encode(TO, flat),
                BoxEncoding.PLAIN.encode(flat, flat))) {
            for (var i = 0; i < BoxOffsets.COUNT; i++) assertThat(offsets.at(i)).isFinite();
        }
    }

    @Test
    @Tag("shared")
    void overlapsAreTorchvisions() {
        var boxes = References.of("nms").get("boxes").valueStream().map(References::numbers)
                .map(corners -> new Box(corners[0], corners[1], corners[2], corners[3])).toList();
        var expected = References.numbers(References.of("iou").get("values"));
        assertThat(IntStream.range(0, 15).mapToDouble(i -> boxes.get(i / 5).iou(boxes.get(3 + i % 5))).toArray())
                .containsExactly(expected, within(1e-9));
    }

    @Test
    void refusesDeviationsOfNothing() {
        assertThatThrownBy(() -> BoxEncoding.measured(List.of())).isInstanceOf(StriateException.class);
        assertThatThrownBy(() -> new BoxEncoding(new BoxOffsets(0, 0, 0, 0), new BoxOffsets(1, 1, 0, 1)))
                .hasMessageContaining("deviations above 0");
    }

    private static void then(BoxOffsets offsets, double... expected) {
        for (var i = 0; i < BoxOffsets.COUNT; i++) assertThat(offsets.at(i)).isCloseTo(expected[i], within(1e-12));
    }

    private static void then(Box box, Box expected) {
        assertThat(new double[] { box.left(), box.top(), box.right(), box.bottom() }).containsExactly(
                new double[] { expected.left(), expected.top(), expected.right(), expected.bottom() }, within(1e-9));
    }
}
