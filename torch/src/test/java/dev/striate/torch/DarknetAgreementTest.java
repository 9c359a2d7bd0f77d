package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.darknet.DarknetNetwork;
import dev.striate.darknet.DarknetWeights;
import dev.striate.fixtures.Formula;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.recipe.Precision;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every layer of small networks in Darknet's format gives what Darknet itself computes for it.
@Tag("native")
@Tag("shared")
class DarknetAgreementTest {
    @ParameterizedTest
    @ValueSource(strings = { "classifier", "yolov1", "yolov2", "yolov3", "yolo9000" })
    void everyLayerGivesWhatDarknetComputes(String name) throws IOException {
        var folder = SharedFiles.file("fixtures/darknet-mini");
        var darknet = DarknetNetwork.read(folder.resolve(name + ".cfg"));
        var network = darknet.network();
        var weights = DarknetWeights.read(folder.resolve(name + ".weights"), network).tensors();
        var expected = new JsonMapper().readTree(Files.readString(folder.resolve(name + ".json"))).get("layers");
        try (var arena = Arena.ofConfined(); var model = Model.of(network, weights, Device.CPU, Precision.FLOAT32)) {
            var values = model.activations(input(network.input(), arena), 1, darknet.layers().stream().distinct()
                    .toList());
            for (var i = 0; i < expected.size(); i++) {
                var node = darknet.layers().get(i);
                if (!decodes(network, node)) thenAgrees(values.get(node), expected.get(i), "layer " + i);
            }
        }
    }

    /// Darknet's output layers decode boxes; ours pass the numbers through for the detector to decode.
    private static boolean decodes(Network network, String node) {
        return network.nodes().get(network.index(node)).op() instanceof Op.Detection;
    }

    private static void thenAgrees(float[] values, JsonNode expected, String layer) {
        var squares = 0.0;
        for (var value : values) squares += value * value;
        var norm = expected.get("norm").asDouble();
        assertThat(Math.sqrt(squares)).as("the norm of " + layer).isCloseTo(norm, within(1e-5 * norm));
        for (var i = 0; i < expected.get("first").size(); i++) {
            assertThat((double) values[i]).as("value " + i + " of " + layer)
                    .isCloseTo(expected.get("first").get(i).asDouble(), within(1e-5));
        }
    }

    /// The formula's numbers, which are channels first, as H×W×C.
    private static MemorySegment input(Shape shape, Arena arena) {
        var values = Formula.uniform("input", Math.toIntExact(shape.elements()));
        var pixels = arena.allocate(ValueLayout.JAVA_FLOAT, values.length);
        var area = shape.size().area();
        for (var c = 0; c < shape.channels(); c++) {
            for (var i = 0; i < area; i++) {
                pixels.setAtIndex(ValueLayout.JAVA_FLOAT, (long) i * shape.channels() + c,
                        (float) values[c * area + i]);
            }
        }
        return pixels;
    }
}
