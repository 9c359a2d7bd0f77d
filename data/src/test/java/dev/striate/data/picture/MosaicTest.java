package dev.striate.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class MosaicTest {
    @Test
    void laysPicturesOutInRowsFittedIntoTheirCells() {
        var mosaic = new Mosaic(2, 40).add(grey(10, 10, 50), "one").add(grey(20, 10, 100), "")
                .add(grey(80, 80, 150), "a caption that is far too long for its cell").picture();
        assertThat(mosaic.width()).isEqualTo(4 + 2 * 44);
        assertThat(mosaic.height()).isEqualTo(4 + 2 * 58);
        assertThat(mosaic.at(4, 4, 0)).isEqualTo(50);
        assertThat(mosaic.at(43, 43, 0)).isEqualTo(50);
        // 20×10 becomes 40×20, in the middle of its cell.
        assertThat(mosaic.at(60, 12, 0)).isEqualTo(255);
        assertThat(mosaic.at(60, 15, 0)).isEqualTo(100);
        assertThat(mosaic.at(20, 80, 0)).isEqualTo(150);
        // The long caption ends at the cell's edge.
        for (var y = 102; y < 116; y++) assertThat(mosaic.at(46, y, 0)).isGreaterThan(200);
    }

    private static Picture grey(int width, int height, int value) {
        var picture = Picture.black(width, height, 1);
        Arrays.fill(picture.pixels(), (byte) value);
        return picture;
    }
}
