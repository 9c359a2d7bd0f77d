package dev.striate.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.recipe.Schedule.Exponential;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LengthsTest {
    @Test
    void keepsMilestonesAtTheirSharesOfTheRun() {
        // He et al. 2015, §4.2: falls at 32k and 48k of 64k steps, which are a half and three quarters.
        var recipe = Recipes.inEpochs(Recipes.recipe("resnet-cifar"), 10);

        assertThat(recipe.pace().length()).isEqualTo(TrainingLength.epochs(10));
        assertThat(recipe.pace().schedule())
                .isEqualTo(Schedule.multiStep(0.1, TrainingLength.epochs(5), TrainingLength.epochs(7.5)));
    }

    @Test
    void keepsStairsAtTheirShareOfTheRun() {
        // Szegedy et al. 2015, §8: ×0.94 each 2 of 100 epochs.
        var recipe = Recipes.inEpochs(Recipes.recipe("inception-v3"), 25);

        assertThat(recipe.pace().schedule()).isEqualTo(new Exponential(TrainingLength.epochs(0.5), 0.94, true));
    }

    @Test
    void leavesAWarmUpInStepsOfARunInEpochs() {
        var warm = WarmUp.linear(TrainingLength.steps(400), 0.1);
        var quick = Recipes.recipe("quick");

        assertThat(Recipes.inEpochs(quick.withPace(quick.pace().withWarmUp(warm)), 3).pace().warmUp())
                .isEqualTo(warm);
    }

    @Test
    void saysInTheNameWhatWasScaled() {
        assertThat(Recipes.inEpochs(Recipes.recipe("wide-resnet"), 20).name())
                .isEqualTo("wide-resnet scaled from 200 epochs to 20 epochs");
        assertThat(Recipes.inEpochs(Recipes.recipe("quick"), 5)).isEqualTo(Recipes.recipe("quick"));
    }

    @Test
    void partsOfAnEpochAreALength() {
        assertThat(Recipes.inEpochs(Recipes.recipe("quick"), 0.25).pace().length())
                .isEqualTo(TrainingLength.epochs(0.25));
    }

    @Test
    void refusesATrainingOfNoEpochs() {
        assertThatThrownBy(() -> Recipes.inEpochs(Recipes.recipe("quick"), 0)).isInstanceOf(StriateException.class)
                .hasMessage("A training expects a length above 0 epochs; received 0.0.");
    }

    @Test
    void adjustsWhatIsGivenAndNothingElse() {
        var none = Optional.<Integer>empty();
        var adjusted = new Adjustments(Optional.empty(), Optional.of(32), none, Optional.of(0.5), Optional.of(7L),
                Optional.of(Precision.FLOAT64)).of(Recipes.recipe("quick"));

        assertThat(Recipes.differences(Recipes.recipe("quick"), adjusted)).extracting(Difference::path)
                .containsExactlyInAnyOrder("descent.rate", "pace.batch", "start.seed", "precision");
        assertThat(Adjustments.NONE.of(Recipes.recipe("quick"))).isEqualTo(Recipes.recipe("quick"));
    }
}
