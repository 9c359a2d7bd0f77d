package dev.striate.plan;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.weights.TensorData;
import java.util.Map;

/// The stored tensors of a network, each there and of its shape.
record Tensors(Map<String, TensorData> byName) {
    static Tensors of(Network network, Map<String, TensorData> tensors) {
        for (var parameter : Parameters.of(network)) {
            var tensor = tensors.get(parameter.name());
            if (tensor == null) {
                throw StriateException.network(network.name() + " expects a tensor '" + parameter.name() + "' of shape "
                        + parameter.shape() + "; the weights hold none of that name.");
            }
            if (!tensor.shape().equals(parameter.shape())) {
                throw StriateException.network(network.name() + " expects tensor '" + parameter.name() + "' of shape "
                        + parameter.shape() + "; received " + tensor.shape() + ".");
            }
        }
        return new Tensors(tensors);
    }

    TensorData get(String node, String tensor) {
        return byName.get(node + "." + tensor);
    }

    float[] floats(String node, String tensor) {
        return get(node, tensor).floats();
    }
}
