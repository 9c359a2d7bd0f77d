package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.recipe.Averaging;
import dev.striate.recipe.Clipping;
import dev.striate.recipe.Descent;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.WeightDecay;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares the zoo with torchvision, from reference files made by it: each file's network, weights by formula.
@Tag("native")
class PublishedNetworksTest {
    private static final Path FOLDER = Path.of(System.getProperty("striate.fixtures", "absent"));

    private static final double DECAY = 5e-4;

    @Test
    void findsReferenceFiles() {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no reference files of torchvision's networks here");
        assertThat(fixtures()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void givesTorchvisionsLogitsInFloat32(Path file) throws IOException {
        var fixture = new JsonMapper().readTree(Files.readString(file));
        var network = network(fixture);
        var n = fixture.at("/input/shape/0").asInt();
        try (var arena = Arena.ofConfined();
                var model = Model.of(network, FormulaTensors.of(Parameters.of(network)), Device.CPU,
                        Precision.FLOAT32)) {
            var logits = model.predict(pixels(arena, network.input(), n), n);
            var norm = fixture.get("logitsNorm").asDouble();
            for (var row = 0; row < n; row++) {
                for (var k = 0; k < fixture.get("logits").get(row).size(); k++) {
                    assertThat((double) logits[row * (logits.length / n) + k])
                            .as("%s, logit %d of picture %d", file, k, row)
                            .isCloseTo(fixture.get("logits").get(row).get(k).asDouble(), within(1e-6 * norm));
                }
            }
            assertThat(Math.sqrt(squares(logits))).isCloseTo(norm, within(1e-6 * norm));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void trainsAsTorchvisionDoesInFloat64(Path file) throws IOException {
        var fixture = new JsonMapper().readTree(Files.readString(file));
        Assumptions.assumeTrue(fixture.has("trainSteps"), file + " has no training steps");
        var steps = fixture.get("trainSteps");
        var network = network(fixture);
        var labels = new int[] { steps.at("/labels/0").asInt(), steps.at("/labels/1").asInt() };
        var losses = steps.get("losses");
        try (var arena = Arena.ofConfined();
                var model = Model.of(network, FormulaTensors.of(Parameters.of(network)), Device.CPU, Precision.FLOAT64);
                var trainer = new Trainer(model, recipe())) {
            var pixels = pixels(arena, network.input(), labels.length);
            for (var loss : losses) {
                trainer.step(pixels, labels, 0.01);
                if (trainer.steps() == 1) compareGradients(file, model, steps.get("gradientNormsAtStep0"));
                assertThat(trainer.progress().loss()).as("%s, loss of step %d", file, trainer.steps())
                        .isCloseTo(loss.asDouble(), within(1e-7 * loss.asDouble()));
            }
        }
    }

    private static void compareGradients(Path file, Model model, JsonNode norms) {
        for (var name : norms.propertyNames()) {
            var expected = norms.get(name).asDouble();
            var norm = Math.sqrt(squares(gradient(model, name)));
            assertThat(norm).as("%s, gradient of %s", file, name).isCloseTo(expected, within(1e-7 * expected));
        }
    }

    /// The loss's own gradient: the first step has added the weight decay of the formula weights to it.
    private static double[] gradient(Model model, String name) {
        var shape = Parameters.of(model.network()).stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow()
                .shape();
        var start = FormulaTensors.values(name, shape);
        var gradient = Tensors.doubles(Tensors.own(model.parameters().get(name).grad()));
        for (var i = 0; i < gradient.length; i++) gradient[i] -= DECAY * start[i];
        return gradient;
    }

    static Stream<Path> fixtures() {
        if (!Files.isDirectory(FOLDER)) return Stream.empty();
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Network network(JsonNode fixture) {
        var shape = fixture.at("/input/shape");
        return Zoo.entry(fixture.get("model").asString()).network(
                new Shape(shape.get(1).asInt(), shape.get(2).asInt(), shape.get(3).asInt()),
                fixture.get("classes").asInt());
    }

    private static MemorySegment pixels(Arena arena, Shape shape, int n) {
        var values = FormulaTensors.pictures(n, shape.channels(), shape.height(), shape.width());
        var pixels = arena.allocate(values.length * 4L, 64);
        for (var i = 0; i < values.length; i++) pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i]);
        return pixels;
    }

    private static Recipe recipe() {
        var descent = new Descent(Optimizer.sgd(0.9), 0.01, WeightDecay.ofAll(DECAY), new Clipping.Unclipped(),
                new Averaging.Unaveraged());
        return Recipes.recipe("resnet").withDescent(descent);
    }

    private static double squares(double[] values) {
        var sum = 0.0;
        for (var value : values) sum += value * value;
        return sum;
    }

    private static double squares(float[] values) {
        var sum = 0.0;
        for (var value : values) sum += (double) value * value;
        return sum;
    }
}
