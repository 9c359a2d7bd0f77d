package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.measure.Figures;
import dev.striate.measure.Goal;
import dev.striate.recipe.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final Schedule CONSTANT = new Schedule.Constant();

    private final Selection selection = new Selection();

    @Test
    void ofFiguresThatAreToFallTheLowestIsBest() {
        assertThat(selection.add(figures("error", Goal.LOWER, 0.5), CONSTANT)).isTrue();
        assertThat(selection.add(figures("error", Goal.LOWER, 0.6), CONSTANT)).isFalse();
        assertThat(selection.add(figures("error", Goal.LOWER, 0.4), CONSTANT)).isTrue();
        assertThat(selection.bestScore()).isEqualTo(-0.4);
    }

    @Test
    void patienceCountsEpochsWithoutABetterFigure() {
        for (var value : new double[] { 0.3, 0.2, 0.3 })
            selection.add(figures("meanIoU", Goal.HIGHER, value), CONSTANT);
        assertThat(selection.isPatienceSpent(2)).isTrue();
        assertThat(selection.isPatienceSpent(3)).isFalse();
        assertThat(selection.isPatienceSpent(0)).isFalse();
    }

    /// A task whose evaluation measures no loss is watched by its score instead.
    @Test
    void aPlateauThatWaitsForTheLossTakesTheScoreWhereNoneIsMeasured() {
        var plateau = new Schedule.Plateau(0.5, 0, 0.01, Goal.LOWER);
        selection.add(figures("meanIoU", Goal.HIGHER, 0.5), plateau);
        selection.add(figures("meanIoU", Goal.HIGHER, 0.6), plateau);
        assertThat(selection.plateau().reductions()).isZero();
        selection.add(figures("meanIoU", Goal.HIGHER, 0.6), plateau);
        assertThat(selection.plateau().reductions()).isOne();
    }

    private static Figures figures(String name, Goal goal, double value) {
        return new Figures(new LinkedHashMap<>(Map.of(name, value)), name, goal);
    }
}
