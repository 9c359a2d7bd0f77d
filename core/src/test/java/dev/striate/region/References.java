package dev.striate.region;

import dev.striate.fixtures.Formula;
import dev.striate.fixtures.SharedFiles;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What torchvision and PyTorch compute in float64 on numbers that follow a formula.
final class References {
    private References() {}

    /// A part of the file; skips the test where the file is absent.
    static JsonNode of(String name) {
        return JsonMapper.shared().readTree(SharedFiles.file("fixtures/detection/operations.json")).get(name);
    }

    static double[] numbers(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    /// From −2 to 2.
    static double[] formula(String name, int count) {
        return Arrays.stream(Formula.uniform(name, count)).map(u -> 2 * (2 * u - 1)).toArray();
    }
}
