package dev.striate.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameter.Role;
import dev.striate.json.Json;
import dev.striate.recipe.Augmentation.ColourJitter;
import dev.striate.recipe.Augmentation.RandomResizedCrop;
import dev.striate.recipe.Augmentation.ScaleJitter;
import dev.striate.recipe.Optimizer.Sgd;
import dev.striate.zoo.Zoo;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsOfATrainingRunTest {
    static Stream<Arguments> illegal() {
        return Stream.of(
                refused(() -> new Sgd(1, false, 0), "The momentum of SGD expects a number in [0, 1); received 1.0."),
                refused(() -> new Sgd(0, true, 0), "Nesterov's SGD expects a momentum above 0 and a dampening of 0"),
                refused(() -> new Optimizer.Adam(0.9, 0.999, 0), "received 0.0"),
                refused(() -> WeightDecay.ofAll(-1), "at least 0; received -1.0"),
                refused(() -> new Clipping.ByNorm(Double.NaN), "received NaN"),
                refused(() -> new LayerRate("fc.*", 0), "above 0; received 0.0"),
                refused(() -> new LayerRate("fc[1", 2), "as a regular expression, such as conv[12].*; received fc[1 ("),
                refused(() -> LayerRate.of("fc.*"), "as in conv[12].*=0.5; received 'fc.*'"),
                refused(() -> LayerRate.of("fc.*=half"), "as in conv[12].*=0.5; received 'fc.*=half'"),
                refused(() -> Loss.crossEntropy(1), "Label smoothing expects a number in [0, 1); received 1.0."),
                refused(() -> new Schedule.Step(TrainingLength.steps(0), 0.1),
                        "The length of a stair expects a number above 0"),
                refused(() -> new Schedule.MultiStep(List.of()), "at least one milestone"),
                refused(() -> Regime.of(TrainingLength.epochs(1), 0, new Schedule.Constant()),
                        "at least one picture; received 0"),
                refused(() -> new ScaleJitter(512, 256), "0 < least ≤ most; received 512.0 to 256.0"),
                refused(() -> new RandomResizedCrop(0.1, 1.1, 1, 1, false), "at most the whole picture"),
                refused(() -> new ColourJitter(0, 0, 0, 0.6), "[0, 0.5]; received 0.6"),
                refused(() -> new Clock(0, 1), "A run expects at least one step; received 0."));
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void refusesAnIllegalSettingInOneSentence(ThrowingCallable setting, String message) {
        assertThatThrownBy(setting).isInstanceOf(StriateException.class).hasMessageContaining(message)
                .hasMessageEndingWith(".");
    }

    @Test
    void sparesBiasesAndNormsFromDecayWhereAsked() {
        assertThat(WeightDecay.ofWeights(0.1).rate(of(Role.WEIGHT))).isEqualTo(0.1);
        for (var role : List.of(Role.BIAS, Role.NORM_SCALE, Role.NORM_SHIFT)) {
            assertThat(WeightDecay.ofWeights(0.1).rate(of(role))).isZero();
            assertThat(WeightDecay.ofAll(0.1).rate(of(role))).isEqualTo(0.1);
        }
        assertThat(WeightDecay.ofAll(0.1).rate(of(Role.RUNNING_MEAN))).isZero();
    }

    @Test
    void theRateOfALayerIsMultipliedByAllFactorsWhoseNamesMatch() {
        var descent = Optimization.of(Optimizer.sgd(0), 0.1, WeightDecay.NONE)
                .withLayerRates(List.of(LayerRate.of("conv.*=2"), LayerRate.of(".*bias=0.5")));
        assertThat(descent.rateFactor("conv1.weight")).isEqualTo(2);
        assertThat(descent.rateFactor("conv1.bias")).isEqualTo(1);
        assertThat(descent.rateFactor("fc.bias")).isEqualTo(0.5);
        assertThat(descent.rateFactor("fc.conv1.weight")).as("whole names").isEqualTo(1);
    }

    @Test
    void refusesARateForLayersThatANetworkLacks() {
        var descent = Optimization.of(Optimizer.sgd(0), 0.1, WeightDecay.NONE)
                .withLayerRates(List.of(LayerRate.of("conv1.*=2"), LayerRate.of("conv9.*=2")));
        assertThatThrownBy(() -> descent.check(Zoo.network("siamese_koch"))).isInstanceOf(StriateException.class)
                .hasMessage(
                        "The whole names of some parameters were expected, as in conv1.*; 'conv9.*' with a rate of its "
                                + "own is the name of none of siamese_koch's, which begin with conv1.weight, conv1.bias, "
                                + "conv2.weight and 9 more.");
    }

    @Test
    void readsAnOptimisationOfATimeWithOneRateForAll() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 0.1, WeightDecay.ofAll(1e-4));
        var text = Json.write(descent, Optimization.class);
        assertThat(Json.read(text, Optimization.class, "new")).isEqualTo(descent);
        var older = Json.object(text, "older");
        older.remove("layerRates");
        assertThat(Json.read(older, Optimization.class, "older")).isEqualTo(descent);
    }

    @Test
    void averagesAllWeightsSoFarAlikeAfterPolyak() {
        var average = 0.0;
        for (var n = 0; n < 10; n++) {
            var kept = new Averaging.Polyak().kept(n);
            average = kept * average + (1 - kept) * (n * n);
        }

        assertThat(average).isCloseTo(28.5, within(1e-12)); // (0 + 1 + 4 + … + 81)/10
    }

    @Test
    void forgetsTheStartOfAnExponentialAverageFasterWhileWarmingUp() {
        var warm = new Averaging.Exponential(0.9, true);

        assertThat(warm.kept(0)).isEqualTo(0.1);
        assertThat(warm.kept(8)).isEqualTo(0.5);
        assertThat(warm.kept(1000)).isEqualTo(0.9);
        assertThat(new Averaging.Exponential(0.9, false).kept(0)).isEqualTo(0.9);
    }

    private static Arguments refused(ThrowingCallable setting, String message) {
        return Arguments.of(setting, message);
    }

    private static Parameter of(Role role) {
        return new Parameter("x", List.of(1), role, 1);
    }
}
