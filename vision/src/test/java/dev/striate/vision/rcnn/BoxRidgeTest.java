package dev.striate.vision.rcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.region.BoxOffsets;
import org.junit.jupiter.api.Test;

class BoxRidgeTest {
    /// x = 1, 2, 3 and y = 2x: Σ(x − 2)² = 2 and Σ(x − 2)(y − 4) = 4. Without λ the slope is 2, with λ = 2 it is 4/(2 + 2),
    /// and in the middle the line goes through 4 all the same.
    @Test
    void pullsAtTheSlopeAndNotAtTheMiddle() {
        var equations = new BoxRidge.Equations(1);
        for (var x = 1; x <= 3; x++) equations.add(new float[] { x }, new BoxOffsets(2 * x, 0, -2 * x, 7));
        var ridge = equations.solve(2);
        assertThat(ridge.weights()[0]).isEqualTo(1, within(1e-12));
        assertThat(ridge.offsets(new float[] { 2 }).x()).isEqualTo(4, within(1e-12));
        assertThat(ridge.offsets(new float[] { 3 }).x()).isEqualTo(5, within(1e-12));
        assertThat(ridge.offsets(new float[] { 3 }).y()).isZero();
        assertThat(ridge.offsets(new float[] { 3 }).width()).isEqualTo(-5, within(1e-12));
        assertThat(ridge.offsets(new float[] { 9 }).height()).isEqualTo(7, within(1e-12));
    }

    /// More rows than are added up at a time, of an exact line in two values: y = 3 x₁ − x₂ + 0.5.
    @Test
    void findsALineThroughManyRows() {
        var equations = new BoxRidge.Equations(2);
        for (var i = 0; i < 600; i++) {
            var x = new float[] { i % 7, i % 5 };
            equations.add(x, new BoxOffsets(3 * x[0] - x[1] + 0.5, 0, 0, 0));
        }
        var ridge = equations.solve(1e-6);
        assertThat(ridge.offsets(new float[] { 1, 1 }).x()).isEqualTo(2.5, within(1e-6));
        assertThat(ridge.before(2).offsets(new float[] { 0.5f, 0.5f }).x()).isEqualTo(2.5, within(1e-6));
    }

    @Test
    void withoutRowsBoxesStay() {
        assertThat(new BoxRidge.Equations(3).solve(1000).offsets(new float[] { 1, 2, 3 }))
                .isEqualTo(new BoxOffsets(0, 0, 0, 0));
    }
}
