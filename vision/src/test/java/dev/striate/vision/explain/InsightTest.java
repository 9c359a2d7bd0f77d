package dev.striate.vision.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.fixtures.Formula;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Shape;
import dev.striate.recipe.Precision;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.torch.ReluGradient;
import dev.striate.vision.Inference;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What networks look at, by PyTorch in float64, here in float32. `striate.fixtures.insight` names another folder of such
/// references.
@Tag("native")
@Tag("shared")
class InsightTest {
    private static final double NEAR = 1e-6;

    @Test
    void seesWhatPyTorchSees() {
        var references = SharedFiles.references("insight", ".json");
        assertThat(references).isNotEmpty();
        references.forEach(InsightTest::compare);
    }

    private static void compare(Path file) {
        var json = JsonMapper.shared().readTree(file);
        var shape = new Shape(json.at("/input/1").asInt(), json.at("/input/2").asInt(), json.at("/input/3").asInt());
        var network = Zoo.entry(json.get("model").asString()).network(shape, 1000);
        var label = json.get("class").asInt();
        try (var arena = Arena.ofConfined();
                var model = Model.of(network, Formula.tensors(network), Device.CPU, Precision.FLOAT32);
                var inference = Inference.of(model)) {
            var pixels = Formula.pictures(arena, shape, 1);
            var logits = Layers.logits(network);
            expect(json.at("/saliency"), PixelGradient.of(model, pixels, logits, label, ReluGradient.TRUE));
            expect(json.at("/guidedBackpropagation"),
                    PixelGradient.of(model, pixels, logits, label, ReluGradient.GUIDED));
            expect(json.at("/deconvnetFromLogit"),
                    PixelGradient.of(model, pixels, logits, label, ReluGradient.DECONVNET));
            var layer = Layers.lastMap(network);
            expect(json.at("/deconvnetFromUnit"), PixelGradient.of(model, pixels, layer,
                    json.at("/deconvnetFromUnit/unit").asInt(), ReluGradient.DECONVNET));
            gradCam(json.at("/gradCam"), model, pixels, layer, label);
            occlusion(json.at("/occlusion"), inference, shape, pixels, label);
        }
    }

    private static void gradCam(JsonNode json, Model model, MemorySegment pixels, String layer, int label) {
        var cam = GradCam.of(model, pixels, layer, label);
        var weights = json.get("weights");
        expect(weights.get("first"), cam.weights(), 0, weights.get("norm").asDouble());
        expect(weights.get("middle"), cam.weights(), cam.weights().length / 2, weights.get("norm").asDouble());
        expect(json.get("beforeRelu"), cam.sum());
        expect(json.get("map"), cam.map());
    }

    private static void occlusion(JsonNode json, Inference inference, Shape shape, MemorySegment pixels, int label) {
        var logits = new Occlusion(json.get("square").asInt(), json.get("stride").asInt(),
                OptionalDouble.of(json.get("value").asDouble())).of(inference, shape, pixels, label);
        expect(json.get("logit"), logits.values());
    }

    private static void expect(JsonNode json, PixelGradient gradient) {
        expect(json.get("gradient"), channelsFirst(gradient));
        if (json.has("largestOverChannels")) expect(json.get("largestOverChannels"), gradient.magnitudes(), true);
    }

    private static float[] channelsFirst(PixelGradient gradient) {
        var channels = gradient.shape().channels();
        var area = gradient.shape().size().area();
        var ordered = new float[gradient.values().length];
        for (var i = 0; i < ordered.length; i++) ordered[i] = gradient.values()[i % area * channels + i / area];
        return ordered;
    }

    /// Rows of numbers, or a summary of a tensor.
    private static void expect(JsonNode json, float[] values) {
        expect(json, values, !json.isArray());
    }

    private static void expect(JsonNode json, float[] values, boolean isSummary) {
        if (!isSummary) {
            var expected = IntStream.range(0, json.size()).boxed()
                    .flatMap(row -> IntStream.range(0, json.get(row).size()).mapToObj(i -> json.get(row).get(i)))
                    .mapToDouble(JsonNode::asDouble).toArray();
            assertThat(values).hasSameSizeAs(expected);
            var largest = IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max()
                    .orElseThrow();
            for (var i = 0; i < expected.length; i++) {
                assertThat((double) values[i]).isCloseTo(expected[i], within(NEAR * largest));
            }
            return;
        }
        var norm = json.get("norm").asDouble();
        assertThat(Math.sqrt(IntStream.range(0, values.length).mapToDouble(i -> (double) values[i] * values[i]).sum()))
                .isCloseTo(norm, within(NEAR * norm));
        expect(json.get("first"), values, 0, norm);
        expect(json.get("middle"), values, values.length / 2, norm);
    }

    private static void expect(JsonNode json, float[] values, int from, double norm) {
        for (var i = 0; i < json.size(); i++) {
            assertThat((double) values[from + i]).as("value %d", from + i).isCloseTo(json.get(i).asDouble(),
                    within(NEAR * norm));
        }
    }
}
