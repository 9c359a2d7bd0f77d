package dev.striate.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTensorsTest {
    private static final Network NETWORK = Layer.input(1, 2, 2).flatten().at("fc").linear(3).network("small");
    private static final TensorData WEIGHT = TensorData.of(List.of(3, 4), new float[12]);
    private static final TensorData BIAS = TensorData.of(List.of(3), new float[3]);

    @Test
    void givesThemInTheOrderOfTheNetwork() {
        assertThat(NetworkTensors.of(NETWORK, Map.of("fc.bias", BIAS, "other", BIAS, "fc.weight", WEIGHT)))
                .containsExactly(Map.entry("fc.weight", WEIGHT), Map.entry("fc.bias", BIAS));
    }

    @Test
    void refusesAMissingOne() {
        assertThatThrownBy(() -> NetworkTensors.of(NETWORK, Map.of("fc.weight", WEIGHT)))
                .isInstanceOf(StriateException.class)
                .hasMessage("small expects a tensor 'fc.bias' of shape [3]; received none.");
    }

    @Test
    void refusesOneOfAnotherShape() {
        assertThatThrownBy(() -> NetworkTensors.of(NETWORK, Map.of("fc.weight", BIAS, "fc.bias", BIAS)))
                .isInstanceOf(StriateException.class)
                .hasMessage("small expects a tensor 'fc.weight' of shape [3, 4]; received [3].");
    }
}
