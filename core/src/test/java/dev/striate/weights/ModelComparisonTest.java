package dev.striate.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Layer;
import dev.striate.recipe.Difference;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {
    @Test
    void measuresHowFarTheWeightsLieApart() {
        var comparison = ModelComparison.of(givenModel(2, 3, 4, "cat", "dog"), givenModel(2, 0, 0, "cat", "dog"));
        assertThat(comparison.settings()).isEmpty();
        assertThat(comparison.shapes()).isEmpty();
        // The weights (3, 4) and (0, 0) lie 5 apart, which is the norm of the larger; the biases are alike.
        assertThat(comparison.tensors()).containsExactly(
                new Distance("fc.weight", List.of(2, 1), 5, 1, 4), new Distance("fc.bias", List.of(2), 0, 0, 0));
        assertThat(comparison.all().distance()).isEqualTo(5);
        // All together: 5 over the norm of (3, 4, 1, 1).
        assertThat(comparison.all().relative()).isCloseTo(5 / Math.sqrt(27), within(1e-15));
    }

    @Test
    void namesTheShapesAndSettingsThatDiffer() {
        var comparison = ModelComparison.of(givenModel(2, 3, 4, "cat", "dog"), givenModel(3, 3, 4, "a", "b", "c"));
        assertThat(comparison.shapes()).containsExactly(
                new Difference("fc.weight", List.of(2, 1), List.of(3, 1)),
                new Difference("fc.bias", List.of(2), List.of(3)));
        assertThat(comparison.tensors()).isEmpty();
        assertThat(comparison.settings()).extracting(Difference::path).containsExactly("network.fc", "labels");
    }

    @Test
    void equalModelsDifferInNothing() {
        var model = givenModel(2, 3, 4, "cat", "dog");
        var comparison = ModelComparison.of(model, model);
        assertThat(comparison.settings()).isEmpty();
        assertThat(comparison.all().relative()).isZero();
    }

    /// One linear layer on one value, whose first weights are these, whose others are 0, and whose biases are 1.
    private static ModelFile givenModel(int classes, float first, float second, String... labels) {
        var network = Layer.input(1, 1, 1).at("fc").linear(classes).network("tiny");
        var weights = new float[classes];
        weights[0] = first;
        weights[1] = second;
        var biases = new float[classes];
        Arrays.fill(biases, 1);
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("fc.weight", TensorData.of(List.of(classes, 1), weights));
        tensors.put("fc.bias", TensorData.of(List.of(classes), biases));
        return new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                new Task.Classification(List.of(labels)), Optional.empty(), tensors);
    }
}
