package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.graph.Size;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Optimization;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Regime;
import dev.striate.recipe.Schedule;
import dev.striate.recipe.Start;
import dev.striate.recipe.TrainingLength;
import dev.striate.recipe.WeightDecay;
import dev.striate.target.Target;
import dev.striate.yolo.HeadLoss;
import dev.striate.yolo.RegionHead;
import dev.striate.yolo.Truth;
import dev.striate.yolo.Truths;
import dev.striate.yolo.YoloHeads;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// One training pass of YOLO v1, v2 and v3 has the losses and gradients that Darknet's has.
@Tag("native")
@Tag("shared")
class DarknetTrainingTest {
    @Test
    void headsGiveDarknetsLossesAndGradients() {
        for (var each : DarknetCase.of("darknet-train")) {
            var outputs = trainingOutputs(each);
            var heads = YoloHeads.of(each.network());
            for (var expected : each.numbers().get("heads")) {
                var node = output(each, expected.get("layer").asInt());
                var map = heads.maps().get(node).size();
                var loss = heads.heads().get(node).loss(outputs.get(node), map, heads.input(),
                        truths(each).stream().<Truths>map(Truths.Objects::new).toList(),
                        each.numbers().get("seen").asLong());
                assertThat(loss.cost()).as("the cost of %s of %s", node, each)
                        .isCloseTo(expected.get("cost").asDouble(), within(1e-4 * expected.get("cost").asDouble()));
                thenAgrees(darknets(heads.heads().get(node) instanceof RegionHead region ? region : null, loss,
                        outputs.get(node), map), expected.get("minusGradient"), "%s of %s".formatted(node, each));
            }
        }
    }

    @Test
    void weightsHaveDarknetsGradients() {
        for (var each : DarknetCase.of("darknet-train")) {
            if (!each.numbers().has("minusGradients")) continue;
            var pictures = each.numbers().get("pictures").size();
            try (var arena = Arena.ofConfined();
                    var model = each.modelThatLosesGradients();
                    var trainer = new Trainer(model, recipe(pictures))) {
                trainer.step(each.pixels(pictures, arena), targets(each), 0);
                thenCosts(trainer.progress().loss() * pictures, each);
                for (var layer : each.numbers().get("minusGradients")) {
                    for (var part : layer.propertyNames()) {
                        if (part.equals("layer")) continue;
                        var name = parameter(layer, part);
                        var gradient = Tensors.doubles(Tensors.own(model.parameters().get(name).grad()));
                        for (var i = 0; i < gradient.length; i++) gradient[i] *= -pictures;
                        thenAgrees(gradient, layer.get(part), name + " of " + each);
                    }
                }
            }
        }
    }

    /// The name of the output that a layer of Darknet's is.
    private static String output(DarknetCase each, int layer) {
        var index = each.network().index(each.darknet().layers().get(layer));
        return each.network().outputs().entrySet().stream().filter(output -> output.getValue() == index).findFirst()
                .orElseThrow().getKey();
    }

    private static void thenCosts(double loss, DarknetCase each) {
        var expected = each.numbers().get("heads").valueStream().mapToDouble(head -> head.get("cost").asDouble()).sum();
        assertThat(loss).as("the loss of %s", each).isCloseTo(expected, within(1e-4 * expected));
    }

    private static void thenAgrees(double[] values, JsonNode expected, String what) {
        var squares = 0.0;
        for (var value : values) squares += value * value;
        var norm = expected.get("norm").asDouble();
        assertThat(Math.sqrt(squares)).as("the norm of %s", what).isCloseTo(norm, within(1e-4 * norm));
        for (var i = 0; i < expected.get("first").size(); i++) {
            var value = expected.get("first").get(i).asDouble();
            assertThat(values[i]).as("value %d of %s", i, what).isCloseTo(value, within(1e-4 * norm));
        }
    }

    /// What Darknet keeps of a head: with the sign turned, and in YOLO v2's behind the logistic functions.
    private static double[] darknets(RegionHead region, HeadLoss loss, float[] outputs, Size map) {
        var values = new double[outputs.length];
        for (var i = 0; i < values.length; i++) values[i] = -loss.gradient()[i];
        for (var i = 0; region != null && i < values.length; i++) {
            var entry = i / map.area() % (5 + region.classes());
            var y = 1 / (1 + Math.exp(-outputs[i]));
            if (entry == 0 || entry == 1 || entry == 4) values[i] /= y * (1 - y);
        }
        return values;
    }

    private static Map<String, float[]> trainingOutputs(DarknetCase each) {
        var pictures = each.numbers().get("pictures").size();
        try (var arena = Arena.ofConfined(); var _ = new PointerScope(); var model = each.model()) {
            var graph = new ExecutionGraph(each.network(), Purpose.training(_ -> true, false, Optional.empty()));
            try (var pass = new Pass(graph, model.parameters(), model.types(), Pass.Mode.TRAINING, 0)) {
                var values = new LinkedHashMap<String, float[]>();
                pass.forward(model.input(each.pixels(pictures, arena), pictures))
                        .forEach((name, output) -> values.put(name, Tensors.floats(output)));
                return values;
            }
        }
    }

    private static List<List<Truth>> truths(DarknetCase each) {
        return each.numbers().get("pictures").valueStream()
                .map(picture -> picture.valueStream().map(one -> new Truth(one.get("x").asDouble(),
                        one.get("y").asDouble(), one.get("w").asDouble(), one.get("h").asDouble(),
                        one.get("class").asInt())).toList())
                .toList();
    }

    private static List<Target> targets(DarknetCase each) {
        var input = each.network().input();
        return truths(each).stream().<Target>map(picture -> new Target.Objects(picture.stream()
                .map(one -> new Target.LabelledBox(Box.around(one.x() * input.width(), one.y() * input.height(),
                        one.width() * input.width(), one.height() * input.height()), one.label()))
                .toList())).toList();
    }

    private static String parameter(JsonNode layer, String part) {
        var name = "layer" + layer.get("layer").asInt();
        return name + switch (part) {
            case "weights" -> ".weight";
            case "scales" -> ".bn.weight";
            default -> layer.has("scales") ? ".bn.bias" : ".bias";
        };
    }

    private static Recipe recipe(int batch) {
        var descent = Optimization.of(Optimizer.sgd(0), 1e-9, WeightDecay.ofAll(0));
        return Recipe
                .of("one pass", descent, Regime.of(TrainingLength.epochs(1), batch, Schedule.oneCycle()), List.of(),
                        Start.of(new Initialisation.HeFanIn()))
                .withObjective(new Objective.Yolo());
    }
}
