package dev.striate.basics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelsTest {
    @ParameterizedTest
    @CsvSource({ "blur,1", "sharpen,1", "edges,0", "prewitt-vertical,0", "prewitt-horizontal,0", "sobel-vertical,0",
            "sobel-horizontal,0" })
    void keepBrightnessOrRemoveIt(String name, double sum) {
        var matrix = Kernels.named(name).matrix();

        assertThat(Arrays.stream(matrix).flatMapToDouble(Arrays::stream).sum()).isEqualTo(sum, within(1e-12));
    }

    @Test
    void findHorizontalEdgesWithTheTransposedKernel() {
        double[][] above = { { 10, 10, 10 }, { 5, 5, 5 }, { 0, 0, 0 } };

        assertThat(Convolutions.valid(above, Kernels.PREWITT_HORIZONTAL.matrix())[0][0]).isEqualTo(30);
        assertThat(Convolutions.valid(above, Kernels.SOBEL_HORIZONTAL.matrix())[0][0]).isEqualTo(40);
        assertThat(Convolutions.valid(above, Kernels.SOBEL_VERTICAL.matrix())[0][0]).isEqualTo(0);
    }

    @Test
    void cannotBeChanged() {
        Kernels.BLUR.matrix()[0][0] = 7;

        assertThat(Kernels.BLUR.matrix()[0][0]).isEqualTo(1 / 9.0);
    }

    @Test
    void refuseAnUnknownNameAndListAll() {
        assertThatThrownBy(() -> Kernels.named("emboss"))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("blur, sharpen, edges")
                .hasMessageContaining("received 'emboss'");
    }
}
