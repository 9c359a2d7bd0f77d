package dev.striate.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.TorchvisionFile;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The zoo against the state dicts of torchvision's own networks.
@Tag("shared")
class StateDictTest {
    private record Tensor(String name, List<Integer> shape) {}

    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.TorchvisionFile#all")
    void hasTheNamesShapesAndOrderOfTorchvision(TorchvisionFile file) {
        var network = Zoo.network(file.json().get("model").asString());
        assertThat(tensorsOf(network)).isEqualTo(expected(file.json()));
    }

    private static List<Tensor> tensorsOf(Network network) {
        return Parameters.of(network).stream()
                .map(parameter -> new Tensor(parameter.name(), parameter.shape()))
                .toList();
    }

    private static List<Tensor> expected(JsonNode fixture) {
        return fixture.get("tensors").valueStream()
                .map(tensor -> new Tensor(tensor.get("name").asString(),
                        tensor.get("shape").valueStream().map(JsonNode::asInt).toList()))
                .toList();
    }
}
