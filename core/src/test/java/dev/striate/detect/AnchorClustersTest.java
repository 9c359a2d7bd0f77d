package dev.striate.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AnchorClustersTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void measuresTwoSizesAboutOneCentre() {
        assertThat(new BoxSize(10, 20).iou(new BoxSize(20, 10))).isEqualTo(100 / 300.0, EXACT);
        assertThat(new BoxSize(10, 20).iou(new BoxSize(10, 20))).isEqualTo(1, EXACT);
    }

    /// One anchor is the mean, (20, 10): IoU 100/200 with (10, 10), 200/300 with (30, 10).
    @Test
    void takesTheMeanWidthAndHeightOfItsBoxes() {
        var clusters = AnchorClusters.of(List.of(new BoxSize(10, 10), new BoxSize(30, 10)), 1, 0);

        assertThat(clusters.anchors()).containsExactly(new BoxSize(20, 10));
        assertThat(clusters.meanBestIou()).isEqualTo((1 / 2.0 + 2 / 3.0) / 2, EXACT);
    }

    @Test
    void findsGroupsOfSizesTheSmallestFirst() {
        var tall = Stream.of(new BoxSize(10, 98), new BoxSize(10, 100), new BoxSize(10, 102));
        var wide = Stream.of(new BoxSize(200, 20), new BoxSize(196, 20), new BoxSize(204, 20));
        var square = Stream.of(new BoxSize(4, 4), new BoxSize(4, 4));
        var boxes = Stream.of(wide, tall, square).flatMap(boxSizes -> boxSizes).toList();

        for (var seed = 0; seed < 20; seed++) {
            assertThat(AnchorClusters.of(boxes, 3, seed).anchors()).as("seed %d", seed)
                    .containsExactly(new BoxSize(4, 4), new BoxSize(10, 100), new BoxSize(200, 20));
        }
    }

    @Test
    void isPerfectWhereEachSizeHasItsAnchor() {
        var boxes = IntStream.rangeClosed(1, 7).mapToObj(i -> new BoxSize(5 * i, 3 + i)).toList();

        assertThat(AnchorClusters.of(boxes, 7, 3).anchors()).containsExactlyElementsOf(boxes);
        assertThat(AnchorClusters.of(boxes, 7, 3).meanBestIou()).isEqualTo(1, EXACT);
    }

    @Test
    void isTheSameForTheSameSeedAndFitsBetterWithMoreAnchors() {
        var draws = RandomStream.of(5).draws();
        var boxes = Stream.generate(() -> new BoxSize(draws.between(4, 300), draws.between(4, 300))).limit(500)
                .toList();

        assertThat(AnchorClusters.of(boxes, 5, 1)).isEqualTo(AnchorClusters.of(boxes, 5, 1));
        assertThat(IntStream.rangeClosed(1, 9).mapToObj(k -> AnchorClusters.of(boxes, k, 1).meanBestIou()).toList())
                .isSorted().doesNotHaveDuplicates();
    }

    /// YOLO v3's anchors and, divided by 32, its first as a region layer would have it.
    @Test
    void isWrittenAsDarknetWritesAnchors() {
        var clusters = new AnchorClusters(List.of(new BoxSize(10.4, 13), new BoxSize(16, 29.6)), .6);

        assertThat(clusters.inPixels()).isEqualTo("10,13, 16,30");
        assertThat(clusters.inCells(32)).isEqualTo("0.3250,0.4063, 0.5000,0.9250");
    }

    @Test
    void refusesMoreAnchorsThanSizes() {
        var boxes = List.of(new BoxSize(1, 2), new BoxSize(1, 2), new BoxSize(2, 2));

        assertThatThrownBy(() -> AnchorClusters.of(boxes, 3, 0)).isInstanceOf(StriateException.class)
                .hasMessage("Anchors from 1 to the 2 different sizes of boxes were expected; received 3.");
        assertThatThrownBy(() -> AnchorClusters.of(boxes, 0, 0)).isInstanceOf(StriateException.class);
        assertThatThrownBy(() -> new BoxSize(0, 1)).isInstanceOf(StriateException.class);
    }

    @Test
    void tellsHowLargeTheObjectsOfEachClassAre() {
        var boxes = new LinkedHashMap<String, List<BoxSize>>();
        boxes.put("ant", IntStream.rangeClosed(1, 10).mapToObj(i -> new BoxSize(i, 7)).toList());
        boxes.put("none", List.of());
        boxes.put("bus", List.of(new BoxSize(100, 15), new BoxSize(15, 15)));
        var table = SizeTable.of(boxes);

        assertThat(table.classes()).extracting(SizeTable.Row::name).containsExactly("ant", "bus");
        assertThat(table.classes().getFirst()).isEqualTo(new SizeTable.Row("ant", 10, new SizeTable.Sides(1, 5, 9),
                new SizeTable.Sides(7, 7, 7), 7, 10, 10)); // widths of 1 to 7 are below 8
        assertThat(table.all().objects()).isEqualTo(12);
        assertThat(table.all().below16()).isEqualTo(11);
        assertThat(table.toString()).contains("ant", "bus", "all").doesNotContain("none");
    }
}
