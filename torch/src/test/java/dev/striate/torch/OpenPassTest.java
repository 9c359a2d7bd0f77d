package dev.striate.torch;

import static dev.striate.graph.Options.pad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.fixtures.Formula;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.recipe.Precision;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gradients that plain code gives to a network's outputs come back to its pictures.
@Tag("native")
class OpenPassTest {
    private static final int PICTURES = 2;
    private static final double STEP = 1.0 / 256;

    /// Of a sum of squares over two nodes, one before the other, with dropout and running statistics on the way.
    @Test
    void givesThePicturesTheGradientOfCentralDifferences() {
        var network = Layer.input(3, 5, 6).conv(4, 3, pad(1)).batchNorm().tanh().at("middle").dropout(0.5).conv(3, 3)
                .at("last").sigmoid().network("open");
        ToDoubleFunction<OpenPass> loss = pass -> half(pass.outputs().get("middle")) + half(pass.outputs().get("last"));
        try (var arena = Arena.ofConfined(); var model = model(network)) {
            var pixels = Formula.pictures(arena, network.input(), PICTURES);
            float[] gradient;
            try (var pass = open(model, pixels, PICTURES, ReluGradient.TRUE, "middle", "last")) {
                pass.backward(pass.outputs());
                gradient = pass.pictureGradient();
            }
            for (var i = 0; i < gradient.length; i += 7) {
                var there = moved(model, pixels, i, STEP, loss);
                var back = moved(model, pixels, i, -STEP, loss);
                assertThat((double) gradient[i]).as("pixel %d", i).isCloseTo((there - back) / (2 * STEP), within(1e-4));
            }
        }
    }

    @Test
    void givesAnOutputTheGradientOfAllThatReadsIt() {
        var network = Layer.input(1, 2, 2).at("first").scale(3).at("last").scale(5).network("scales");
        try (var arena = Arena.ofConfined();
                var model = model(network);
                var pass = open(model, Formula.pictures(arena, network.input(), 1), 1, ReluGradient.TRUE, "first",
                        "last")) {
            pass.backward(Map.of("first", new float[] { 1, 1, 1, 1 }, "last", new float[] { 1, 0, 0, 2 }));
            assertThat(pass.gradient("first")).containsExactly(6, 1, 1, 11);
            assertThat(pass.pictureGradient()).containsExactly(18, 3, 3, 33);
        }
    }

    /// Four maps of positive pixels: one doubles them, one turns them over, two are below 0 but for their biases.
    @Test
    void aModelTellsWhichChannelsAnswerToNoPicture() {
        var network = Layer.input(1, 2, 2).at("maps").conv(4, 1).at("open").relu().flatten().at("flat").linear(2).relu()
                .network("silent");
        var tensors = new LinkedHashMap<>(Formula.tensors(network));
        tensors.put("maps.weight", TensorData.of(List.of(4, 1, 1, 1), new float[] { 2, -1, 0, 0 }));
        tensors.put("maps.bias", TensorData.of(List.of(4), new float[] { 0, 0, -1, 1 }));
        try (var arena = Arena.ofConfined(); var model = Model.of(network, tensors, Device.CPU, Precision.FLOAT32)) {
            var pixels = arena.allocate(ValueLayout.JAVA_FLOAT, 2 * network.input().elements());
            for (var i = 0; i < 8; i++) pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, i);
            assertThat(model.silentChannels(pixels, 2)).containsOnly(Map.entry("open", 0.5));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        var network = Layer.input(1, 2, 2).at("only").relu().network("one");
        try (var arena = Arena.ofConfined();
                var model = model(network);
                var pass = open(model, Formula.pictures(arena, network.input(), 1), 1, ReluGradient.TRUE, "only")) {
            assertThatThrownBy(pass::pictureGradient).isInstanceOf(StriateException.class)
                    .hasMessage("An open pass has not gone back yet.");
            assertThatThrownBy(() -> pass.backward(Map.of("other", new float[4])))
                    .isInstanceOf(StriateException.class).hasMessageContaining("received a gradient of 'other'");
            assertThatThrownBy(() -> pass.backward(Map.of("only", new float[3])))
                    .isInstanceOf(StriateException.class).hasMessageContaining("4 values; received 3");
            pass.backward(Map.of("only", new float[4]));
            assertThatThrownBy(() -> pass.backward(Map.of("only", new float[4])))
                    .isInstanceOf(StriateException.class).hasMessage("An open pass goes back once; this one has.");
        }
    }

    /// PyTorch's gradients in float64 of the largest logit, by each rule of the ReLU.
    @ParameterizedTest
    @ValueSource(strings = { "alexnet", "vgg11", "resnet18" })
    void seesInPicturesWhatPyTorchSees(String name) {
        var file = Path.of(System.getProperty("striate.shared", "absent"), "fixtures", "insight", name + ".json");
        Assumptions.assumeTrue(Files.exists(file), "no reference numbers of what networks look at here");
        var json = JsonMapper.shared().readTree(file);
        var shape = new Shape(3, json.at("/input/2").asInt(), json.at("/input/3").asInt());
        var network = Zoo.entry(name).network(shape, 1000);
        try (var arena = Arena.ofConfined(); var model = model(network)) {
            var pixels = Formula.pictures(arena, shape, 1);
            var logits = network.nodes().get(network.output()).name();
            for (var rule : ReluGradient.values()) {
                try (var pass = open(model, pixels, 1, rule, logits)) {
                    var one = new float[1000];
                    one[json.get("class").asInt()] = 1;
                    pass.backward(Map.of(logits, one));
                    expect(json.at(switch (rule) {
                        case TRUE -> "/saliency/gradient";
                        case DECONVNET -> "/deconvnetFromLogit/gradient";
                        case GUIDED -> "/guidedBackpropagation/gradient";
                    }), pass.pictureGradient(), shape, rule);
                }
            }
        }
    }

    private static void expect(JsonNode json, float[] gradient, Shape shape, ReluGradient rule) {
        var norm = json.get("norm").asDouble();
        var squares = 0.0;
        for (var value : gradient) squares += (double) value * value;
        assertThat(Math.sqrt(squares)).as("%s", rule).isCloseTo(norm, within(1e-6 * norm));
        for (var i = 0; i < json.get("first").size(); i++) {
            // Row-major C×H×W there, H×W×C here.
            var channel = i / shape.size().area();
            var place = i % shape.size().area();
            assertThat((double) gradient[place * shape.channels() + channel]).as("%s, value %d", rule, i)
                    .isCloseTo(json.get("first").get(i).asDouble(), within(1e-6 * norm));
        }
    }

    private static Model model(Network network) {
        return Model.of(network, Formula.tensors(network), Device.CPU, Precision.FLOAT64);
    }

    private static OpenPass open(Model model, MemorySegment pixels, int n, ReluGradient rule, String... nodes) {
        return model.open(pixels, n, new ArrayList<>(List.of(nodes)), rule);
    }

    private static double moved(Model model, MemorySegment pixels, int index, double change,
            ToDoubleFunction<OpenPass> loss) {
        var old = pixels.getAtIndex(ValueLayout.JAVA_FLOAT, index);
        pixels.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) (old + change));
        try (var pass = open(model, pixels, PICTURES, ReluGradient.TRUE, "middle", "last")) {
            return loss.applyAsDouble(pass);
        } finally {
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT, index, old);
        }
    }

    private static double half(float[] values) {
        var sum = 0.0;
        for (var value : values) sum += 0.5 * value * value;
        return sum;
    }
}
