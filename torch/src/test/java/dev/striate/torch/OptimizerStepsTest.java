package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Parameter;
import dev.striate.recipe.Averaging;
import dev.striate.recipe.Clipping;
import dev.striate.recipe.Optimization;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.WeightDecay;
import dev.striate.weights.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Follows the paths that PyTorch's optimisers take in float64; docs/reference/optimizers.py tells how they start.
@Tag("native")
class OptimizerStepsTest {
    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter("layer.weight", List.of(3), Parameter.Role.WEIGHT, 1),
            new Parameter("layer.bias", List.of(2), Parameter.Role.BIAS, 1));
    private static final JsonNode REFERENCE = reference();

    static Stream<String> optimizers() {
        return REFERENCE.propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void movesTheWeightsAsPyTorchDoesOverFiftySteps(String name) {
        var reference = REFERENCE.get(name);
        var path = path(descent(reference), ScalarType.Double, reference.get("values").size());
        for (var step = 0; step < path.length; step++) {
            for (var i = 0; i < 5; i++) {
                var expected = reference.get("values").get(step).get(i).asDouble();
                assertThat(path[step][i]).as("%s, step %d, value %d", name, step, i)
                        .isCloseTo(expected, within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void inFloat32StaysWithinAMillionthOfFloat64(String name) {
        var reference = REFERENCE.get(name);
        var path = path(descent(reference), ScalarType.Float, reference.get("values").size());
        for (var i = 0; i < 5; i++) {
            var expected = reference.get("values").get(path.length - 1).get(i).asDouble();
            assertThat(path[path.length - 1][i]).as("%s, value %d", name, i).isCloseTo(expected, within(1e-6));
        }
    }

    /// Plain SGD against the definition `a ← d·a + (1 − d)·w`, with the warmed-up decay and with the running mean.
    @Test
    void averagesTheWeightsAfterEveryStep() {
        var plain = Optimization.of(Optimizer.sgd(0), 0.1, WeightDecay.NONE);
        var path = path(plain, ScalarType.Double, 20);
        var mean = IntStream.range(0, 20).mapToDouble(step -> path[step][0]).average().orElseThrow();
        assertThat(average(plain.withAveraging(new Averaging.Polyak()), 20)).isCloseTo(mean, within(1e-12));
        var exponential = Math.sin(1);
        for (var n = 0; n < 20; n++) {
            var kept = Math.min(0.8, (1.0 + n) / (10.0 + n));
            exponential = kept * exponential + (1 - kept) * path[n][0];
        }
        assertThat(average(plain.withAveraging(new Averaging.Exponential(0.8, true)), 20))
                .isCloseTo(exponential, within(1e-12));
    }

    private static double average(Optimization descent, int steps) {
        try (var tensors = start(ScalarType.Double); var updates = new OptimizerSteps(descent, tensors.flat())) {
            for (var step = 0; step < steps; step++) step(tensors, updates, step, descent.rate());
            updates.swapAverage();
            return values(tensors)[0];
        }
    }

    private static double[][] path(Optimization descent, ScalarType type, int steps) {
        try (var tensors = start(type, descent); var updates = new OptimizerSteps(descent, tensors.flat())) {
            var path = new double[steps][];
            for (var step = 0; step < steps; step++) {
                step(tensors, updates, step, descent.rate());
                path[step] = values(tensors);
            }
            return path;
        }
    }

    private static ParameterTensors start(ScalarType type) {
        return start(type, Optimization.of(Optimizer.sgd(0), 0.1, WeightDecay.NONE));
    }

    private static ParameterTensors start(ScalarType type, Optimization descent) {
        Libtorch.load();
        var exempts = descent.decay().exemption() == WeightDecay.Exemption.BIASES_AND_NORMS;
        var tensors = new ParameterTensors(PARAMETERS,
                p -> exempts && p.role() != Parameter.Role.WEIGHT ? ParameterGroup.EXEMPT : ParameterGroup.DECAYED,
                Device.CPU, type);
        tensors.train();
        tensors.load(Map.of(
                "layer.weight", TensorData.of(List.of(3), new double[] { Math.sin(1), Math.sin(2), Math.sin(3) }),
                "layer.bias", TensorData.of(List.of(2), new double[] { Math.cos(1), Math.cos(2) })));
        return tensors;
    }

    private static void step(ParameterTensors tensors, OptimizerSteps updates, int step, double rate) {
        try (var _ = new PointerScope(); var _ = GradMode.off()) {
            tensors.gradients().zero_();
            var values = values(tensors);
            var gradient = new double[5];
            for (var i = 0; i < 5; i++) gradient[i] = Math.cos(0.7 * step + i) + 0.3 * values[i];
            tensors.get("layer.weight").grad().copy_(Tensors.of(new double[] { gradient[0], gradient[1], gradient[2] },
                    3));
            tensors.get("layer.bias").grad().copy_(Tensors.of(new double[] { gradient[3], gradient[4] }, 2));
            updates.step(rate);
        }
    }

    private static double[] values(ParameterTensors tensors) {
        var weight = Tensors.doubles(tensors.get("layer.weight"));
        var bias = Tensors.doubles(tensors.get("layer.bias"));
        return new double[] { weight[0], weight[1], weight[2], bias[0], bias[1] };
    }

    private static Optimization descent(JsonNode settings) {
        var decay = settings.path("weight_decay").asDouble(0);
        var exempt = settings.path("exempt").asBoolean(false);
        var descent = Optimization.of(optimizer(settings), settings.get("lr").asDouble(),
                exempt ? WeightDecay.ofWeights(decay) : WeightDecay.ofAll(decay));
        return settings.has("max_norm")
                ? descent.withClipping(new Clipping.ByNorm(settings.get("max_norm").asDouble()))
                : descent;
    }

    private static Optimizer optimizer(JsonNode settings) {
        var momentum = settings.path("momentum").asDouble(0);
        var epsilon = settings.path("eps").asDouble(0);
        return switch (settings.get("kind").asString()) {
            case "SGD" -> new Optimizer.Sgd(momentum, settings.path("nesterov").asBoolean(false),
                    settings.path("dampening").asDouble(0));
            case "RMSprop" -> new Optimizer.RmsProp(settings.get("alpha").asDouble(), epsilon, momentum,
                    settings.path("centered").asBoolean(false));
            case "Adam" -> new Optimizer.Adam(beta(settings, 0), beta(settings, 1), epsilon);
            case "AdamW" -> new Optimizer.AdamW(beta(settings, 0), beta(settings, 1), epsilon);
            default -> throw new IllegalArgumentException(settings.toString());
        };
    }

    private static double beta(JsonNode settings, int index) {
        return settings.get("betas").get(index).asDouble();
    }

    private static JsonNode reference() {
        try (InputStream in = OptimizerStepsTest.class.getResourceAsStream("/reference/optimizers.json")) {
            return JsonMapper.shared().readTree(in).get("optimizers");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
