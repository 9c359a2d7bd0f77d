package dev.striate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.detect.BoxSize;
import dev.striate.graph.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionAnchorsTest {
    /// The figures of §3.1.1 and §3.3: about 60 × 40 × 9 anchors for a picture of 1000 × 600.
    @Test
    void thePapersNineAreOfThreeAreasAndThreeRatios() {
        var anchors = RegionAnchors.fasterRcnn();
        assertThat(anchors.shapes()).hasSize(9);
        assertThat(anchors.shapes()).extracting(shape -> Math.round(Math.sqrt(shape.area())))
                .containsExactly(128L, 256L, 512L, 128L, 256L, 512L, 128L, 256L, 512L);
        assertThat(anchors.shapes()).extracting(shape -> shape.height() / shape.width())
                .satisfies(ratios -> assertThat(ratios.getFirst()).isCloseTo(0.5, within(1e-12)))
                .satisfies(ratios -> assertThat(ratios.getLast()).isCloseTo(2.0, within(1e-12)));
        assertThat(anchors.at(new Size(40, 60))).hasSize(21_600);
    }

    @Test
    void anchorsLieAboutTheCentresOfCellsShapeByShape() {
        var anchors = new RegionAnchors(10, List.of(4.0, 20.0), List.of(1.0, 4.0));
        assertThat(anchors.shapes()).containsExactly(new BoxSize(4, 4), new BoxSize(20, 20), new BoxSize(2, 8),
                new BoxSize(10, 40));
        assertThat(anchors.at(new Size(1, 2))).containsExactly(
                new Box(3, 3, 7, 7), new Box(13, 3, 17, 7), new Box(-5, -5, 15, 15), new Box(5, -5, 25, 15),
                new Box(4, 1, 6, 9), new Box(14, 1, 16, 9), new Box(0, -15, 10, 25), new Box(10, -15, 20, 25));
    }

    @Test
    void refusesAnchorsWithoutSize() {
        assertThatThrownBy(() -> new RegionAnchors(0, List.of(1.0), List.of(1.0))).hasMessageContaining("stride");
        assertThatThrownBy(() -> new RegionAnchors(1, List.of(), List.of(1.0))).hasMessageContaining("scale");
        assertThatThrownBy(() -> new RegionAnchors(1, List.of(1.0), List.of(-1.0))).hasMessageContaining("-1.0");
    }
}
