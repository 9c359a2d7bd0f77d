package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The tensors of a network's parameters.
public final class NetworkTensors {
    private NetworkTensors() {}

    /// Each parameter's tensor, in the order of the network; refuses, by name, a missing one and one of another shape.
    public static SequencedMap<String, TensorData> of(Network network, Map<String, TensorData> tensors) {
        var ordered = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(network)) {
            var tensor = tensors.get(parameter.name());
            if (tensor == null || !tensor.shape().equals(parameter.shape())) {
                throw new StriateException(network.name() + " expects a tensor '" + parameter.name() + "' of shape "
                        + parameter.shape() + "; received " + (tensor == null ? "none" : tensor.shape()) + ".");
            }
            ordered.put(parameter.name(), tensor);
        }
        return Collections.unmodifiableSequencedMap(ordered);
    }
}
