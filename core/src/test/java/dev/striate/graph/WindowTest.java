package dev.striate.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    @ParameterizedTest
    @CsvSource({ "7,3,1,0,1,5", "7,3,2,0,1,3", "7,3,3,0,1,2", "32,5,1,2,1,32", "227,11,4,0,1,55", "224,7,2,3,1,112",
            "32,3,1,2,2,32", "9,3,1,0,4,1" })
    void roundsTheOutputSizeDown(int n, int kernel, int stride, int padding, int dilation, int expected) {
        assertThat(window(kernel, stride, padding, dilation).output(Size.square(n))).isEqualTo(Size.square(expected));
    }

    /// PyTorch's rule (pooling_output_shape): a last window that would start in the padding behind the input is left out.
    @ParameterizedTest
    @CsvSource({ "112,3,2,0,56", "55,3,2,0,27", "5,2,2,0,3", "6,2,2,0,3", "5,2,2,1,3", "4,2,2,1,3", "3,2,3,1,2",
            "2,2,3,1,1", "4,1,3,0,2", "3,1,3,0,1", "2,1,3,0,1" })
    void roundsUpButStartsNoWindowBehindTheInput(int n, int kernel, int stride, int padding, int expected) {
        assertThat(window(kernel, stride, padding, 1).outputCeil(Size.square(n))).isEqualTo(Size.square(expected));
    }

    @Test
    void treatsItsSidesSeparately() {
        var window = Window.of(new Size(1, 7)).withPadding(new Size(0, 3)).withStride(new Size(2, 1));

        assertThat(window.output(new Size(17, 17))).isEqualTo(new Size(9, 17));
        assertThat(window.extent()).isEqualTo(new Size(1, 7));
    }

    @Test
    void reachesFurtherWhenDilated() {
        assertThat(window(3, 1, 0, 2).extent()).isEqualTo(Size.square(5));
        assertThat(window(3, 1, 0, 2).fits(Size.square(4))).isFalse();
        assertThat(window(3, 1, 0, 2).fits(Size.square(5))).isTrue();
    }

    @Test
    void knowsWhetherItFitsEvenly() {
        assertThat(window(3, 2, 0, 1).fitsEvenly(Size.square(7))).isTrue();
        assertThat(window(3, 3, 0, 1).fitsEvenly(Size.square(7))).isFalse();
        assertThat(window(3, 2, 0, 1).fitsEvenly(new Size(7, 8))).isFalse();
    }

    @Test
    void refusesWhatCannotSlide() {
        assertThatThrownBy(() -> window(0, 1, 0, 1))
                .isInstanceOf(StriateException.class)
                .hasMessage("A window needs a kernel of at least 1×1; received 0×0.");
        assertThatThrownBy(() -> window(3, 0, 0, 1)).hasMessageContaining("a stride of at least 1; received 0×0");
        assertThatThrownBy(() -> window(3, 1, -1, 1)).hasMessageContaining("a padding of at least 0; received -1×-1");
        assertThatThrownBy(() -> window(3, 1, 0, 0)).hasMessageContaining("a dilation of at least 1; received 0×0");
    }

    private static Window window(int kernel, int stride, int padding, int dilation) {
        return new Window(Size.square(kernel), Size.square(stride), Size.square(padding), Size.square(dilation));
    }
}
