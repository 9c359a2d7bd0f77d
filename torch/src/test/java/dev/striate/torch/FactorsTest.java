package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class FactorsTest {
    /// 3 and 4 are the singular values: the larger one stays, with 16 of 25 squares.
    @Test
    void keepTheLargestSingularValue() {
        var factors = Factors.truncated(new float[] { 3, 0, 0, 0, -4, 0 }, 2, 3, 1);
        assertThat(product(factors, 2, 3)).containsExactly(new float[] { 0, 0, 0, 0, -4, 0 }, within(1e-6f));
        assertThat(factors.kept()).isEqualTo(0.64, within(1e-6));
    }

    @Test
    void giveTheMatrixAtItsOwnRank() {
        var matrix = new float[] { 1, 2, 3, 2, 4, 6, -1, -2, -3, 0.5f, 1, 1.5f };
        var factors = Factors.truncated(matrix, 4, 3, 1);
        assertThat(product(factors, 4, 3)).containsExactly(matrix, within(1e-5f));
        assertThat(factors.kept()).isEqualTo(1, within(1e-6));
    }

    private static float[] product(Factors factors, int rows, int columns) {
        var rank = factors.left().length / rows;
        var product = new float[rows * columns];
        for (var i = 0; i < product.length; i++) {
            for (var k = 0; k < rank; k++) {
                product[i] += factors.left()[i / columns * rank + k] * factors.right()[k * columns + i % columns];
            }
        }
        return product;
    }
}
