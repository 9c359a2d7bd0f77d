package dev.striate.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SelectiveSearchTest {
    private static final Box RED = new Box(10, 20, 50, 60);
    private static final Box BLUE = new Box(80, 60, 130, 110);

    @Test
    @Tag("native")
    void findsTwoClearSquares() {
        var found = new SelectiveSearch(0, 8, 2000).of(squares());
        assertThat(best(found, RED)).isGreaterThanOrEqualTo(0.8);
        assertThat(best(found, BLUE)).isGreaterThanOrEqualTo(0.8);
        assertThat(found).doesNotHaveDuplicates();
    }

    @Test
    @Tag("native")
    void boxesAreInThePicturesOwnPixels() {
        var found = new SelectiveSearch(320, 8, 2000).of(squares());
        assertThat(best(found, RED)).isGreaterThanOrEqualTo(0.8);
        assertThat(found).allSatisfy(box -> assertThat(box.clipped(160, 120)).isEqualTo(box));
    }

    @Test
    @Tag("native")
    void thePictureGivesTheSameBoxesInTheSameOrderEachTime() {
        var search = new SelectiveSearch(0, 4, 100);
        var found = search.of(squares());
        assertThat(search.of(squares())).isEqualTo(found);
        assertThat(new SelectiveSearch(0, 4, 2).of(squares())).isEqualTo(found.subList(0, 2));
    }

    /// A box's place is its rank by area times a number from 0 to 1, so that what comes first is larger on average.
    @Test
    void largeBoxesComeSooner() {
        var boxes = IntStream.rangeClosed(1, 40).mapToObj(side -> new Box(0, 0, side, side)).toList();
        var ordered = SelectiveSearch.ordered(boxes);
        assertThat(ordered).containsExactlyInAnyOrderElementsOf(boxes);
        assertThat(mean(ordered.subList(0, 20))).isGreaterThan(mean(ordered.subList(20, 40)));
    }

    @Test
    void refusesNoBoxes() {
        assertThatThrownBy(() -> new SelectiveSearch(0, 0, 0)).isInstanceOf(StriateException.class)
                .hasMessageContaining("at least one box; received 0, 0 and 0");
    }

    private static double mean(List<Box> boxes) {
        return boxes.stream().mapToDouble(Box::width).average().orElseThrow();
    }

    private static double best(List<Box> found, Box object) {
        return found.stream().mapToDouble(object::iou).max().orElse(0);
    }

    /// A red and a blue square on grey.
    private static Picture squares() {
        var picture = Picture.black(160, 120, 3);
        Arrays.fill(picture.pixels(), (byte) 128);
        fill(picture, RED, 0);
        fill(picture, BLUE, 2);
        return picture;
    }

    private static void fill(Picture picture, Box box, int channel) {
        for (var y = (int) box.top(); y < box.bottom(); y++) {
            for (var x = (int) box.left(); x < box.right(); x++) {
                for (var c = 0; c < 3; c++) {
                    picture.pixels()[(y * picture.width() + x) * 3 + c] = (byte) (c == channel ? 220 : 20);
                }
            }
        }
    }
}
