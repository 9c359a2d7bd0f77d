package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.fixtures.Formula;
import dev.striate.fixtures.TorchvisionFile;
import dev.striate.graph.Parameters;
import dev.striate.recipe.Optimization;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.WeightDecay;
import dev.striate.target.Target;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Compares the zoo with torchvision: logits, and three steps of training.
@Tag("native")
@Tag("shared")
class PublishedNetworksTest {
    private static final double DECAY = 5e-4;

    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.TorchvisionFile#all")
    void givesTorchvisionsLogitsInFloat32(TorchvisionFile file) {
        var network = file.network();
        var n = file.pictures();
        try (var arena = Arena.ofConfined();
                var model = Model.of(network, Formula.tensors(network), Device.CPU, Precision.FLOAT32)) {
            file.expect(model.predict(Formula.pictures(arena, network.input(), n), n).main());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.TorchvisionFile#all")
    void trainsAsTorchvisionDoesInFloat64(TorchvisionFile file) {
        Assumptions.assumeTrue(file.json().has("trainSteps"), file + " has no training steps");
        var steps = file.json().get("trainSteps");
        var network = file.network();
        var labels = Target.Label.of(steps.at("/labels/0").asInt(), steps.at("/labels/1").asInt());
        var losses = steps.get("losses");
        try (var arena = Arena.ofConfined();
                var model = Model.of(network, Formula.doubles(network), Device.CPU, Precision.FLOAT64);
                var trainer = new Trainer(model, recipe())) {
            var pixels = Formula.pictures(arena, network.input(), labels.size());
            for (var loss : losses) {
                trainer.step(pixels, labels, 0.01);
                if (trainer.steps() == 1) compareGradients(file, model, steps.get("gradientNormsAtStep0"));
                assertThat(trainer.progress().loss()).as("%s, loss of step %d", file, trainer.steps())
                        .isCloseTo(loss.asDouble(), within(1e-7 * loss.asDouble()));
            }
        }
    }

    private static void compareGradients(TorchvisionFile file, Model model, JsonNode norms) {
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
        var start = Formula.values(name, shape);
        var gradient = Tensors.doubles(Tensors.own(model.parameters().get(name).grad()));
        for (var i = 0; i < gradient.length; i++) gradient[i] -= DECAY * start[i];
        return gradient;
    }

    private static Recipe recipe() {
        var descent = Optimization.of(Optimizer.sgd(0.9), 0.01, WeightDecay.ofAll(DECAY));
        return Recipes.recipe("resnet").withDescent(descent);
    }

    private static double squares(double[] values) {
        var sum = 0.0;
        for (var value : values) sum += value * value;
        return sum;
    }
}
