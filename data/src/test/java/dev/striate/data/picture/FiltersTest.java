package dev.striate.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.basics.Kernels;
import org.junit.jupiter.api.Test;

class FiltersTest {
    /// Dark to the left, bright to the right.
    private static final Picture STEP = new Picture(4, 3, 1, new byte[] { 0, 0, 90, 90, 0, 0, 90, 90, 0, 0, 90, 90 });

    @Test
    void blursByTheMeanOfNineWithEdgesRepeated() {
        assertThat(Filters.apply(STEP, Kernels.BLUR).pixels()).containsExactly(0, 30, 60, 90, 0, 30, 60, 90, 0, 30, 60,
                90);
    }

    @Test
    void showsTheSizeOfAnEdgeWhicheverWayItGoes() {
        // Sobel: (1 + 2 + 1) · 90 beside the step, more than a picture holds; Prewitt: 3 · 90.
        var edges = Filters.apply(STEP, Kernels.SOBEL_VERTICAL);
        assertThat(edges.at(0, 1, 0)).isZero();
        assertThat(edges.at(1, 1, 0)).isEqualTo(255);
        assertThat(Filters.apply(STEP, Kernels.SOBEL_HORIZONTAL)).isEqualTo(Picture.black(4, 3, 1));
    }

    @Test
    void leavesAnEvenColourAsItIs() {
        var grey = new Picture(7, 7, 3, bytes(7 * 7 * 3, 80));
        assertThat(Filters.apply(grey, Kernels.CURVE)).isEqualTo(grey);
        assertThat(Filters.apply(grey, Kernels.SHARPEN)).isEqualTo(grey);
        assertThat(Filters.apply(grey, Kernels.EDGES)).isEqualTo(Picture.black(7, 7, 3));
    }

    @Test
    void refusesAKernelLargerThanThePicture() {
        assertThatThrownBy(() -> Filters.apply(STEP, Kernels.CURVE)).isInstanceOf(StriateException.class)
                .hasMessage("The kernel curve of 7×7 expects a picture at least as large; received 3×4.");
    }

    private static byte[] bytes(int count, int value) {
        var bytes = new byte[count];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
