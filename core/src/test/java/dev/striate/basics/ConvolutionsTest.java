package dev.striate.basics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionsTest {
    private static final double[][] VERTICAL = { { 1, 0, -1 }, { 1, 0, -1 }, { 1, 0, -1 } };

    @Test
    void slidesAWeightedMeanOverASequence() {
        double[] weights = { .01, .01, .02, .02, .04, .4, .5 };
        double[] x = { 1.00, 1.10, 1.20, 1.40, 1.70, 1.80, 1.90, 2.10, 2.20, 2.40, 2.50, 2.70 };

        assertThat(Convolutions.valid(x, weights))
                .containsExactly(new double[] { 1.811, 1.967, 2.112, 2.269, 2.413, 2.569 }, within(5e-4));
    }

    /// With the first twelve primes as letters a…l and powers of 1000 as w…z, each product can be told apart.
    @Test
    void doesNotFlipTheKernel() {
        double[][] x = { { 2, 3, 5, 7 }, { 11, 13, 17, 19 }, { 23, 29, 31, 37 } };
        double[][] kernel = { { 1, 1e3 }, { 1e6, 1e9 } };

        assertThat(Convolutions.valid(x, kernel)).isDeepEqualTo(new double[][] {
                { 13_011_003_002.0, 17_013_005_003.0, 19_017_007_005.0 },
                { 29_023_013_011.0, 31_029_017_013.0, 37_031_019_017.0 }
        });
        assertThat(Convolutions.flipped(x, kernel)[0][0]).isEqualTo(2_003_011_013.0);
    }

    @Test
    void findsVerticalEdges() {
        double[][] x = {
                { 3, 0, 1, 2, 7, 4 }, { 1, 5, 8, 9, 3, 1 }, { 2, 7, 2, 5, 1, 3 }, { 0, 1, 3, 1, 7, 8 },
                { 4, 2, 1, 6, 2, 8 },
                { 2, 4, 5, 2, 3, 9 }
        };

        assertThat(Convolutions.valid(x, VERTICAL)).isDeepEqualTo(new double[][] {
                { -5, -4, 0, 8 }, { -10, -2, 2, 3 }, { 0, -2, -4, -7 }, { -3, -2, -3, -16 }
        });
    }

    @Test
    void findsTheEdgeBetweenBrightAndDark() {
        var x = new double[6][];
        Arrays.setAll(x, _ -> new double[] { 10, 10, 10, 0, 0, 0 });

        assertThat(Convolutions.valid(x, Kernels.PREWITT_VERTICAL.matrix()))
                .isDeepEqualTo(
                        new double[][] { { 0, 30, 30, 0 }, { 0, 30, 30, 0 }, { 0, 30, 30, 0 }, { 0, 30, 30, 0 } });
    }

    @Test
    void detectsACurveWhereThereIsOne() {
        double[][] curve = {
                { 0, 0, 0, 0, 0, 0, 30 },
                { 0, 0, 0, 0, 50, 50, 50 },
                { 0, 0, 0, 20, 50, 0, 0 },
                { 0, 0, 0, 50, 50, 0, 0 },
                { 0, 0, 0, 50, 50, 0, 0 },
                { 0, 0, 0, 50, 50, 0, 0 },
                { 0, 0, 0, 50, 50, 0, 0 }
        };
        double[][] elsewhere = new double[7][7];
        Arrays.fill(elsewhere[6], 50);

        assertThat(Convolutions.valid(curve, Kernels.CURVE.matrix())).isDeepEqualTo(new double[][] { { 6600 } });
        assertThat(Convolutions.valid(elsewhere, Kernels.CURVE.matrix())).isDeepEqualTo(new double[][] { { 0 } });
    }

    @Test
    void keepsTheSizeWhenCentered() {
        double[][] x = { { 1, 2 }, { 3, 4 } };
        double[][] ones = { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } };

        assertThat(Convolutions.centered(x, ones)).isDeepEqualTo(new double[][] { { 10, 10 }, { 10, 10 } });
        assertThat(Convolutions.centered(x, new double[][] { { 0, 0, 0 }, { 0, 1, 0 }, { 0, 0, 0 } })).isDeepEqualTo(x);
        assertThat(Convolutions.centered(x, Kernels.SHARPEN.matrix()))
                .isDeepEqualTo(new double[][] { { 0, 5 }, { 10, 15 } });
    }

    @ParameterizedTest
    @CsvSource({ "32,5,1,0,28", "32,5,1,2,32", "7,3,1,0,5", "7,3,2,0,3", "7,3,3,0,2", "227,11,4,0,55" })
    void givesTheSizeOfTheFormula(int side, int kernel, int stride, int padding, int expected) {
        var y = Convolutions.strided(new double[side][side], new double[kernel][kernel], stride, padding);

        assertThat(y).hasDimensions(expected, expected);
    }

    @Test
    void givesOneChannelForEachFilter() {
        var y = Convolutions.layer(new double[3][32][32], new double[3][3][5][5], new double[] { 1, 2, 3 }, 1, 0);

        assertThat(y).hasNumberOfRows(3);
        for (var f = 0; f < 3; f++) {
            assertThat(y[f]).hasDimensions(28, 28);
            assertThat(y[f][27][27]).isEqualTo(f + 1);
        }
    }

    @Test
    void slidesThroughAVolume() {
        double[][][] x = { { { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } }, { { 9, 10 }, { 11, 12 } } };
        double[][][] kernel = { { { 1, 0 }, { 0, 0 } }, { { 0, 0 }, { 0, 10 } } };

        assertThat(Convolutions.valid(x, kernel)).isDeepEqualTo(new double[][][] { { { 81 } }, { { 125 } } });
        assertThat(Convolutions.strided(x, kernel, 2, 1)[0][0]).containsExactly(10 * 1, 0);
    }

    @Test
    void refusesAKernelWiderThanThePaddedInput() {
        assertThatThrownBy(() -> Convolutions.strided(new double[4][4], new double[7][7], 1, 1))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("at most 6")
                .hasMessageContaining("received 7");
    }

    @Test
    void refusesFiltersOfOtherChannels() {
        assertThatThrownBy(() -> Convolutions.layer(new double[3][4][4], new double[1][2][3][3], new double[1], 1, 0))
                .hasMessage("Filter 0 expects a picture of 2 channels; received 3.");
    }
}
