package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.recipe.InitialValues;
import dev.striate.recipe.Start;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The tensors of a network's parameters.
public final class NetworkTensors {
    private NetworkTensors() {}

    /// The tensors that training begins with, in the order of the network.
    public static SequencedMap<String, TensorData> fresh(Network network, Start start) {
        var values = new InitialValues(network, start);
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(network)) {
            tensors.put(parameter.name(), TensorData.of(parameter.shape(), values.floats(parameter)));
        }
        return tensors;
    }

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
