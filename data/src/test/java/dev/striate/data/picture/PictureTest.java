package dev.striate.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import org.junit.jupiter.api.Test;

class PictureTest {
    private final Picture grey = new Picture(3, 2, 1, new byte[] { 1, 2, 3, 4, 5, 6 });
    private final Picture colour = new Picture(2, 1, 3, new byte[] { 1, 2, 3, 4, 5, 6 });

    @Test
    void refusesTheWrongNumberOfBytes() {
        assertThatThrownBy(() -> new Picture(3, 2, 3, new byte[6])).isInstanceOf(StriateException.class)
                .hasMessageContaining("expects 18 bytes; received 6");
    }

    @Test
    void cutsAWindowThatLiesPartlyOutside() {
        assertThat(Pictures.window(grey, -1, 1, 3, 2, false).pixels()).containsExactly(0, 4, 5, 0, 0, 0);
        assertThat(Pictures.window(grey, 5, 0, 1, 1, false).pixels()).containsExactly(0);
    }

    @Test
    void mirrorsAWindow() {
        assertThat(Pictures.window(grey, 0, 0, 3, 2, true).pixels()).containsExactly(3, 2, 1, 6, 5, 4);
        assertThat(Pictures.window(grey, -1, 1, 3, 2, true).pixels()).containsExactly(5, 4, 0, 0, 0, 0);
        assertThat(Pictures.window(colour, 0, 0, 2, 1, true).pixels()).containsExactly(4, 5, 6, 1, 2, 3);
    }

    @Test
    void weighsColoursForGrey() {
        var primaries = new Picture(4, 1, 3,
                new byte[] { -1, 0, 0, 0, -1, 0, 0, 0, -1, -1, -1, -1 });
        // 255 × 0.299, 0.587, 0.114, and white, which stays white.
        assertThat(Pictures.grey(primaries).pixels()).containsExactly(76, (byte) 150, 29, (byte) 255);
    }

    @Test
    void repeatsGreyForColour() {
        assertThat(Pictures.rgb(new Picture(2, 1, 1, new byte[] { 7, 9 })).pixels()).containsExactly(7, 7, 7, 9, 9, 9);
    }
}
