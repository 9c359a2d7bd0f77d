package dev.striate.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The zoo against the state dicts of torchvision's own networks.
class StateDictTest {
    private record Tensor(String name, List<Integer> shape) {}

    @TestFactory
    Stream<DynamicTest> hasTheNamesShapesAndOrderOfTorchvision() throws IOException {
        var folder = System.getProperty("striate.fixtures");
        assumeTrue(folder != null && Files.isDirectory(Path.of(folder)), "no reference numbers in " + folder);
        try (var files = Files.list(Path.of(folder))) {
            var fixtures = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
            assertThat(fixtures).isNotEmpty();
            return fixtures.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                var fixture = new ObjectMapper().readTree(file.toFile());
                assertThat(tensorsOf(Zoo.network(fixture.get("model").asString()))).isEqualTo(expected(fixture));
            }));
        }
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
