package dev.striate.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.recipe.Schedule.Cosine;
import dev.striate.recipe.Schedule.Exponential;
import dev.striate.measure.Goal;
import dev.striate.recipe.Schedule.OneCycle;
import dev.striate.recipe.Schedule.Plateau;
import dev.striate.recipe.Schedule.Polynomial;
import dev.striate.recipe.Schedule.Step;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against PyTorch's schedulers (`docs/reference/optimizers.py`), and the papers' numbers by hand.
class SchedulesTest {
    private static final Clock FIFTY = new Clock(50, 5);
    private static final WarmUp WARM_UP = WarmUp.linear(TrainingLength.steps(8), 0.1);
    private static final JsonNode PYTORCH = JsonMapper.shared()
            .readTree(Path.of(System.getProperty("striate.root"),
                    "torch/src/test/resources/reference/optimizers.json").toFile())
            .get("schedules");

    static Stream<Arguments> schedules() {
        return Stream.of(
                Arguments.of("step", new Step(TrainingLength.steps(7), 0.3), WarmUp.NONE),
                Arguments.of("multi-step",
                        Schedule.multiStep(0.1, TrainingLength.steps(10), TrainingLength.epochs(5),
                                TrainingLength.steps(40)),
                        WarmUp.NONE),
                Arguments.of("exponential", new Exponential(TrainingLength.steps(1), 0.96, false), WarmUp.NONE),
                Arguments.of("polynomial", new Polynomial(4), WarmUp.NONE),
                Arguments.of("cosine", new Cosine(0.05), WarmUp.NONE),
                Arguments.of("one-cycle", Schedule.oneCycle(), WarmUp.NONE),
                Arguments.of("one-cycle-late", new OneCycle(0.55, 10, 100), WarmUp.NONE),
                Arguments.of("linear-warm-up", new Schedule.Constant(), WARM_UP),
                Arguments.of("warm-up-step", new Step(TrainingLength.steps(7), 0.3), WARM_UP),
                Arguments.of("warm-up-exponential", new Exponential(TrainingLength.steps(1), 0.96, true), WARM_UP));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void goesAsPyTorchs(String name, Schedule schedule, WarmUp warmUp) {
        for (var step = 0; step < 50; step++) {
            var rate = Schedules.factor(schedule, FIFTY, step, PlateauState.START) * warmUp.factor(step, FIFTY);
            assertThat(rate).as("%s, step %d", name, step).isCloseTo(pytorch(name, step), within(1e-12));
        }
    }

    static Stream<Arguments> plateaus() {
        IntToDoubleFunction loss = step -> 1.0 / (1 + step) + 0.02 * Math.cos(2.3 * step);
        IntToDoubleFunction score = step -> 1 - loss.applyAsDouble(step);
        return Stream.of(
                Arguments.of("plateau-lower", new Plateau(0.1, 3, 0.01, Goal.LOWER), loss),
                Arguments.of("plateau-higher", new Plateau(0.5, 2, 0.001, Goal.HIGHER), score),
                Arguments.of("plateau-impatient", new Plateau(0.9, 0, 0, Goal.LOWER), loss));
    }

    @ParameterizedTest
    @MethodSource("plateaus")
    void dropsOnAPlateauAsPyTorchs(String name, Plateau plateau, IntToDoubleFunction metric) {
        var state = PlateauState.START;
        for (var step = 0; step < 50; step++) {
            assertThat(Schedules.factor(plateau, FIFTY, step, state)).as("%s, step %d", name, step)
                    .isCloseTo(pytorch(name, step), within(1e-12));
            state = state.after(metric.applyAsDouble(step), plateau);
        }
    }

    @Test
    void keepsGoogLeNetsRateForEightEpochsThenTakesFourPercentOff() {
        var recipe = Recipes.recipe("googlenet");
        var clock = recipe.pace().clock(100);

        assertThat(rate(recipe, clock, 799)).isEqualTo(0.01);
        assertThat(rate(recipe, clock, 800)).isCloseTo(0.01 * 0.96, within(1e-15));
        assertThat(rate(recipe, clock, 1600)).isCloseTo(0.01 * 0.96 * 0.96, within(1e-15));
    }

    @Test
    void dividesTheRateOfResNetForCifarAt32And48Thousand() {
        var recipe = Recipes.recipe("resnet-cifar");
        var clock = recipe.pace().clock(391);

        assertThat(clock.totalSteps()).isEqualTo(64_000);
        assertThat(rate(recipe, clock, 31_999)).isEqualTo(0.1);
        assertThat(rate(recipe, clock, 32_000)).isCloseTo(0.01, within(1e-15));
        assertThat(rate(recipe, clock, 48_000)).isCloseTo(0.001, within(1e-15));
    }

    @Test
    void burnsInByTheFourthPowerAsDarknet() {
        var burnIn = WarmUp.burnIn(TrainingLength.steps(1000));

        assertThat(burnIn.factor(0, FIFTY)).isZero();
        assertThat(burnIn.factor(500, FIFTY)).isEqualTo(0.0625);
        assertThat(burnIn.factor(1000, FIFTY)).isEqualTo(1);
    }

    @Test
    void reachesTheEndOfEachScheduleAndStaysThere() {
        assertThat(Schedules.factor(new Polynomial(4), FIFTY, 50, PlateauState.START)).isZero();
        assertThat(Schedules.factor(new Polynomial(4), FIFTY, 60, PlateauState.START)).isZero();
        assertThat(Schedules.factor(new Cosine(0.05), FIFTY, 99, PlateauState.START)).isCloseTo(0.05, within(1e-15));
        assertThat(Schedules.factor(Schedule.oneCycle(), FIFTY, 99, PlateauState.START))
                .isCloseTo(1 / 25.0 / 1e4, within(1e-15));
    }

    @Test
    void givesAFiniteRateToRunsOfAnyLength() {
        for (var total = 1; total < 12; total++) {
            for (var step = 0; step <= total; step++) {
                var clock = new Clock(total, 1);
                assertThat(Schedules.factor(Schedule.oneCycle(), clock, step, PlateauState.START)).isBetween(0.0, 1.0);
                assertThat(Schedules.factor(new Cosine(0), clock, step, PlateauState.START)).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void countsHalfAnEpochInWholeSteps() {
        assertThat(TrainingLength.epochs(0.5).steps(new Clock(100, 391))).isEqualTo(196);
        assertThat(TrainingLength.epochs(90)).hasToString("90 epochs");
        assertThat(TrainingLength.epochs(0.5)).hasToString("0.5 epochs");
        assertThatThrownBy(() -> new TrainingLength(0.5, TrainingLength.Unit.STEPS))
                .isInstanceOf(StriateException.class)
                .hasMessage("A length in steps expects a whole number; received 0.5.");
    }

    @Test
    void refusesAMetricThatIsNoNumber() {
        assertThatThrownBy(() -> PlateauState.START.after(Double.NaN, Schedule.plateau()))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("NaN");
    }

    private static double rate(Recipe recipe, Clock clock, long step) {
        return Schedules.rate(recipe, clock, step, PlateauState.START);
    }

    private static double pytorch(String name, int step) {
        return PYTORCH.get(name).get(step).asDouble();
    }
}
