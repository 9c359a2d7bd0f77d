package dev.striate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
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

/// Compares plans with torchvision in float64, from reference files made by it: each file's network, weights by formula.
@Tag("native")
class PublishedNetworksTest {
    private static final Path FOLDER = Path.of(System.getProperty("striate.fixtures", "absent"));

    @Test
    void findsReferenceFiles() {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no reference files of torchvision's networks here");
        assertThat(fixtures()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void givesTorchvisionsLogits(Path file) throws IOException {
        var fixture = new JsonMapper().readTree(Files.readString(file));
        var network = network(fixture);
        var n = fixture.at("/input/shape/0").asInt();
        var norm = fixture.get("logitsNorm").asDouble();
        try (var arena = Arena.ofConfined();
                var plan = Plan.compile(network, Formula.tensors(network), n, Settings.DEFAULT)) {
            var logits = plan.run(Formula.pictures(arena, network.input(), n), n);
            for (var row = 0; row < n; row++) {
                for (var k = 0; k < fixture.get("logits").get(row).size(); k++) {
                    assertThat((double) logits[row * plan.outputs() + k])
                            .as("%s, logit %d of picture %d", file, k, row)
                            .isCloseTo(fixture.get("logits").get(row).get(k).asDouble(), within(1e-6 * norm));
                }
            }
            assertThat(norm(logits)).isCloseTo(norm, within(1e-6 * norm));
        }
    }

    static Stream<Path> fixtures() {
        if (!Files.isDirectory(FOLDER)) return Stream.empty();
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Network network(JsonNode fixture) {
        var shape = fixture.at("/input/shape");
        return Zoo.entry(fixture.get("model").asString()).network(
                new Shape(shape.get(1).asInt(), shape.get(2).asInt(), shape.get(3).asInt()),
                fixture.get("classes").asInt());
    }

    private static double norm(float[] values) {
        var sum = 0.0;
        for (var value : values) sum += (double) value * value;
        return Math.sqrt(sum);
    }
}
