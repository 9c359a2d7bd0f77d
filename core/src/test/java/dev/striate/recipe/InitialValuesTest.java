package dev.striate.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Options;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import dev.striate.recipe.Initialisation.Biases;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitialValuesTest {
    /// `conv`: 64 filters of 3×3 on 32 channels: in 288, out 576. `fc`: in 4096, out 50.
    private static final Network NETWORK = Layer.input(32, 8, 8)
            .at("conv").conv(64, 3, Options.pad(1)).at("bn").batchNorm().relu()
            .flatten().at("fc").linear(50).network("sample");

    static Stream<Arguments> deviations() {
        return Stream.of(
                Arguments.of(new Initialisation.XavierUniform(), Math.sqrt(2.0 / (288 + 576)), Math.sqrt(2.0 / 4146)),
                Arguments.of(new Initialisation.XavierNormal(), Math.sqrt(2.0 / (288 + 576)), Math.sqrt(2.0 / 4146)),
                Arguments.of(new Initialisation.HeFanIn(), Math.sqrt(2.0 / 288), Math.sqrt(2.0 / 4096)),
                Arguments.of(new Initialisation.HeUniform(), Math.sqrt(2.0 / 288), Math.sqrt(2.0 / 4096)),
                Arguments.of(new Initialisation.HeFanOut(), Math.sqrt(2.0 / 576), Math.sqrt(2.0 / 50)),
                Arguments.of(new Initialisation.Gaussian(0.01), 0.01, 0.01),
                Arguments.of(new Initialisation.TruncatedNormal(0.1), 0.08796, 0.08796),
                Arguments.of(new Initialisation.LeCunUniform(), 1 / Math.sqrt(288), 1 / Math.sqrt(4096)),
                Arguments.of(new Initialisation.LeNetUniform(), 2.4 / 288 / Math.sqrt(3), 2.4 / 4096 / Math.sqrt(3)),
                Arguments.of(new Initialisation.TorchUniform(), 1 / Math.sqrt(3 * 288), 1 / Math.sqrt(3 * 4096)));
    }

    @ParameterizedTest
    @MethodSource("deviations")
    void drawsWeightsOfMeanZeroAndTheDeviationThatTheFansAsk(Initialisation weights, double conv, double fc) {
        var start = new InitialValues(NETWORK, Start.of(weights));

        thenDistributed(start.floats(parameter("conv.weight")), conv);
        thenDistributed(start.floats(parameter("fc.weight")), fc);
    }

    @Test
    void keepsUniformWeightsWithinTheirBounds() {
        thenReaches(new Initialisation.XavierUniform(), Math.sqrt(6.0 / (288 + 576)));
        thenReaches(new Initialisation.LeNetUniform(), 2.4 / 288);
        thenReaches(new Initialisation.LeCunUniform(), Math.sqrt(3.0 / 288));
        thenReaches(new Initialisation.TorchUniform(), 1 / Math.sqrt(288));
        thenReaches(new Initialisation.TruncatedNormal(0.1), 0.2);
    }

    @Test
    void startsNormalisationsAsTheIdentityAndBiasesAtZero() {
        var start = new InitialValues(NETWORK, Start.of(new Initialisation.HeFanIn()));

        assertThat(start.floats(parameter("bn.weight"))).hasSize(64).containsOnly(1);
        assertThat(start.floats(parameter("bn.bias"))).hasSize(64).containsOnly(0);
        assertThat(start.floats(parameter("bn.running_mean"))).containsOnly(0);
        assertThat(start.floats(parameter("bn.running_var"))).containsOnly(1);
        assertThat(start.floats(parameter("conv.bias"))).containsOnly(0);
    }

    /// By a factor of 2, a kernel of 4 with the weights ¼, ¾, ¾, ¼ (Long, Shelhamer and Darrell 2015, §3.3); by a kernel of
    /// 3, ½, 1, ½. Other channels do not matter to a channel.
    @Test
    void startsInterpolationsAsTents() {
        var even = interpolation(4, 1);
        assertThat(Arrays.copyOf(even, 16)).containsExactly(0.0625f, 0.1875f, 0.1875f, 0.0625f, 0.1875f, 0.5625f,
                0.5625f, 0.1875f, 0.1875f, 0.5625f, 0.5625f, 0.1875f, 0.0625f, 0.1875f, 0.1875f, 0.0625f);
        assertThat(Arrays.copyOfRange(even, 16, 32)).containsOnly(0);
        assertThat(Arrays.copyOfRange(even, 48, 64)).isEqualTo(Arrays.copyOf(even, 16));
        assertThat(Arrays.copyOf(interpolation(3, 1), 9)).containsExactly(0.25f, 0.5f, 0.25f, 0.5f, 1, 0.5f, 0.25f,
                0.5f, 0.25f);
        assertThat(interpolation(3, 2)).hasSize(18).startsWith(0.25f, 0.5f).endsWith(0.5f, 0.25f);
    }

    private static float[] interpolation(int kernel, int groups) {
        var network = Layer.input(2, 4, 4).at("up").then(new Op.TransposedConv(2,
                Window.of(kernel).withStride(Size.square(2)), Size.ZERO, groups, false, Op.Filters.FIXED_BILINEAR))
                .network("up");
        return new InitialValues(network, Start.of(new Initialisation.HeFanIn()))
                .floats(Parameters.of(network).getFirst());
    }

    @Test
    void startsClassesThatEndInARectifierAboveZero() {
        var network = Layer.input(3, 8, 8)
                .at("maps").conv(4, 3).relu()
                .at("classes").conv(5, 1).relu().globalAvgPool().flatten().network("rectified");
        var values = values(network, Start.of(new Initialisation.HeFanIn()), false);

        assertThat(values.get("classes.bias")).containsOnly(1);
        assertThat(values.get("maps.bias")).containsOnly(0);
        assertThat(values(NETWORK, Start.of(new Initialisation.HeFanIn()), false).get("fc.bias")).containsOnly(0);
    }

    @Test
    void startsBiasesAsPyTorchWhereAsked() {
        var start = new InitialValues(NETWORK, new Start(new Initialisation.TorchUniform(), Biases.TORCH_UNIFORM, 0));
        var bias = start.doubles(parameter("conv.bias"));

        assertThat(Arrays.stream(bias).map(Math::abs).max().orElseThrow())
                .isBetween(0.9 / Math.sqrt(288), 1 / Math.sqrt(288));
    }

    @Test
    void dependsOnNeitherTheOrderNorTheRestOfTheNetwork() {
        var recipe = Start.of(new Initialisation.HeFanIn()).withSeed(4);
        var forward = values(NETWORK, recipe, false);
        var backward = values(NETWORK, recipe, true);
        var other = Layer.input(32, 8, 8).at("conv").conv(64, 3).network("other");

        forward.forEach((name, values) -> assertThat(backward.get(name)).as(name).isEqualTo(values));
        assertThat(values(other, recipe, false).get("conv.weight")).isEqualTo(forward.get("conv.weight"));
    }

    @Test
    void givesEachSeedAndEachParameterItsOwnValues() {
        var start = Start.of(new Initialisation.Gaussian(1));
        var twins = Layer.input(8, 8, 8).at("a").conv(8, 3).at("b").conv(8, 3).network("twins");
        var values = values(twins, start, false);

        assertThat(values.get("a.weight")).isNotEqualTo(values.get("b.weight"));
        assertThat(values.get("a.weight")).isNotEqualTo(values(twins, start.withSeed(1), false).get("a.weight"));
    }

    @Test
    void roundsItsDoublesToItsFloats() {
        var start = new InitialValues(NETWORK, Start.of(new Initialisation.HeFanOut()));
        var floats = start.floats(parameter("conv.weight"));
        var doubles = start.doubles(parameter("conv.weight"));

        for (var i = 0; i < floats.length; i++) assertThat((float) doubles[i]).isEqualTo(floats[i]);
    }

    @Test
    void countsOnlyTheChannelsOfItsOwnGroupOrTable() {
        var grouped = Layer.input(32, 8, 8).at("g").conv(64, 3, Options.groups(4)).network("grouped");

        thenDistributed(of(grouped, new Initialisation.HeFanIn(), "g.weight"), Math.sqrt(2.0 / (8 * 9)));
        thenDistributed(of(grouped, new Initialisation.HeFanOut(), "g.weight"), Math.sqrt(2.0 / (16 * 9)));
    }

    @Test
    void refusesAParameterOfAnotherNetwork() {
        var start = new InitialValues(NETWORK, Start.of(new Initialisation.HeFanIn()));
        var stranger = new Parameter("x.weight", java.util.List.of(2), Parameter.Role.WEIGHT, 99);

        assertThatThrownBy(() -> start.floats(stranger)).isInstanceOf(StriateException.class)
                .hasMessageContaining("x.weight");
    }

    private static float[] of(Network network, Initialisation weights, String name) {
        return values(network, Start.of(weights), false).get(name);
    }

    private static Map<String, float[]> values(Network network, Start start, boolean reversed) {
        var initial = new InitialValues(network, start);
        var parameters = Parameters.of(network);
        if (reversed) Collections.reverse(parameters);
        var values = new HashMap<String, float[]>();
        for (var parameter : parameters) values.put(parameter.name(), initial.floats(parameter));
        return values;
    }

    private static Parameter parameter(String name) {
        return Parameters.of(NETWORK).stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    /// Within five standard errors of a mean of 0, and 3 % of the deviation.
    private static void thenDistributed(float[] values, double deviation) {
        var mean = 0.0;
        for (var value : values) mean += value / values.length;
        var square = 0.0;
        for (var value : values) square += (double) value * value / values.length;

        assertThat(mean).isCloseTo(0, within(5 * deviation / Math.sqrt(values.length)));
        assertThat(Math.sqrt(square)).isCloseTo(deviation, within(0.03 * deviation));
    }

    private static void thenReaches(Initialisation weights, double bound) {
        var values = new InitialValues(NETWORK, Start.of(weights)).doubles(parameter("conv.weight"));
        assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(0.995 * bound, bound);
        assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-bound, -0.995 * bound);
    }
}
