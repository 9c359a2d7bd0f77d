package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Network;
import dev.striate.graph.Op;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every layer of small networks in Darknet's format gives what Darknet itself computes for it.
@Tag("native")
@Tag("shared")
class DarknetAgreementTest {
    @Test
    void everyLayerGivesWhatDarknetComputes() {
        for (var each : DarknetCase.of("darknet-mini")) {
            var network = each.network();
            var expected = each.numbers().get("layers");
            try (var arena = Arena.ofConfined(); var model = each.model()) {
                var layers = each.darknet().layers();
                var values = model.activations(each.pixels(1, arena), 1, layers.stream().distinct().toList());
                for (var i = 0; i < expected.size(); i++) {
                    var node = layers.get(i);
                    if (!decodes(network, node)) {
                        thenAgrees(values.get(node), expected.get(i), "layer %d of %s".formatted(i, each));
                    }
                }
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
}
