package dev.striate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.measure.PairFolds.Fold;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairFoldsTest {
    /// Two folds, told apart at 1.5 and at 3; each is judged with the other's threshold.
    @Test
    void judgesEachFoldWithTheThresholdOfTheOthers() {
        var folds = PairFolds.of(new double[] { 1, 2, 2, 4 }, new boolean[] { true, false, true, false },
                new int[] { 0, 0, 1, 1 });
        assertThat(folds.folds()).containsExactly(new Fold(3, 1 / 2.0), new Fold(1.5, 1 / 2.0));
    }

    /// Three folds of which the third alone has a threshold of its own, which the other two outvote.
    @Test
    void findsOneThresholdForAllOtherFolds() {
        var folds = PairFolds.of(new double[] { 1, 3, 3, 1, 3, 3, 4, 4, 7 },
                new boolean[] { true, false, false, true, false, false, true, true, false },
                new int[] { 0, 0, 0, 1, 1, 1, 2, 2, 2 });
        // Without fold 0: same 1, 4, 4 and different 3, 3, 7: between 1 and 3, or between 4 and 7, four of six.
        assertThat(folds.folds()).containsExactly(new Fold(2, 1), new Fold(2, 1), new Fold(2, 1 / 3.0));
        assertThat(folds.mean()).isCloseTo(7 / 9.0, within(1e-12));
    }

    /// Deviations of 0.02, 0 and −0.02 from 0.9: √(0.0008 / 2 / 3).
    @Test
    void tellsMeanAndStandardError() {
        var folds = new PairFolds(List.of(new Fold(1, 0.92), new Fold(1, 0.9), new Fold(1, 0.88)));
        assertThat(folds.mean()).isCloseTo(0.9, within(1e-12));
        assertThat(folds.standardError()).isCloseTo(0.011547005383792516, within(1e-12));
    }

    @Test
    void refusesWhatAreNoFolds() {
        var two = new double[] { 1, 2 };
        assertThatThrownBy(() -> PairFolds.of(two, new boolean[] { true, false }, new int[] { 0, 2 }))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("received no genuine pair");
        assertThatThrownBy(() -> PairFolds.of(new double[] { 1, 2, 1, 2 }, new boolean[] { true, false, true, false },
                new int[] { 0, 0, 2, 2 })).hasMessage("Pairs were expected in each fold; fold 1 has none.");
        assertThatThrownBy(() -> PairFolds.of(two, new boolean[2], new int[1])).hasMessage(
                "Of each pair a distance, an answer and a fold were expected; received 2, 2 and 1.");
        assertThatThrownBy(() -> new PairFolds(List.of(new Fold(1, 1))))
                .hasMessage("At least two folds were expected; received 1.");
    }
}
