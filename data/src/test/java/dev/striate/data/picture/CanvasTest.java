package dev.striate.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class CanvasTest {
    @Test
    void fillsInTheColourThatWasAskedFor() {
        try (var canvas = new Canvas(6, 4, 0x102030)) {
            canvas.fill(2, 1, 2, 2, 0xff8000);
            var drawn = canvas.picture();
            assertThat(new int[] { drawn.at(0, 0, 0), drawn.at(0, 0, 1), drawn.at(0, 0, 2) })
                    .containsExactly(0x10, 0x20, 0x30);
            assertThat(new int[] { drawn.at(3, 2, 0), drawn.at(3, 2, 1), drawn.at(3, 2, 2) })
                    .containsExactly(0xff, 0x80, 0);
            assertThat(drawn.at(4, 1, 0)).isEqualTo(0x10);
        }
    }

    @Test
    void pastesSmallPicturesAsSquaresAndCutsThemAtTheEdge() {
        try (var canvas = new Canvas(5, 4, 0)) {
            canvas.paste(new Picture(2, 1, 1, new byte[] { 50, 100 }), 2, 0, 4, 2);
            var drawn = canvas.picture();
            assertThat(new int[] { drawn.at(1, 0, 0), drawn.at(2, 0, 0), drawn.at(3, 1, 2), drawn.at(4, 1, 0),
                    drawn.at(4, 2, 0) }).containsExactly(0, 50, 50, 100, 0);
        }
    }

    @Test
    void writesTextAsWideAsItSays() {
        try (var canvas = new Canvas(200, 40, 0)) {
            canvas.text("striate", 5, 30, 20, 0xffffff);
            var drawn = canvas.picture();
            var right = 0;
            for (var x = 0; x < 200; x++) {
                for (var y = 0; y < 40; y++) if (drawn.at(x, y, 0) > 128) right = x;
            }
            assertThat(right).isBetween(5 + Canvas.textWidth("striate", 20) - 8, 5 + Canvas.textWidth("striate", 20));
        }
    }
}
