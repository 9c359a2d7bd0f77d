package dev.striate.basics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolingsTest {
    private static final double[][] X = { { 1, 4, 2, 1 }, { 5, 8, 3, 4 }, { 7, 6, 4, 5 }, { 1, 3, 1, 2 } };
    private static final double[][] Z = { { 1, 3, 2, 1 }, { 2, 9, 1, 1 }, { 1, 3, 2, 3 }, { 5, 6, 1, 2 } };

    @Test
    void takesTheLargestOfEachSquare() {
        assertThat(Poolings.max(X, 2, 2)).isDeepEqualTo(new double[][] { { 8, 4 }, { 7, 5 } });
        assertThat(Poolings.max(Z, 2, 2)).isDeepEqualTo(new double[][] { { 9, 2 }, { 6, 3 } });
    }

    @Test
    void letsSquaresOverlap() {
        assertThat(Poolings.max(X, 2, 1)).isDeepEqualTo(new double[][] { { 8, 8, 4 }, { 8, 8, 5 }, { 7, 6, 5 } });
    }

    @Test
    void takesTheMeanOfEachSquare() {
        assertThat(Poolings.average(Z, 2, 2)).isDeepEqualTo(new double[][] { { 3.75, 1.25 }, { 3.75, 2 } });
    }

    @Test
    void takesTheLargestOfNegativesToo() {
        assertThat(Poolings.max(new double[][] { { -3, -2 }, { -5, -4 } }, 2, 2))
                .isDeepEqualTo(new double[][] { { -2 } });
    }
}
