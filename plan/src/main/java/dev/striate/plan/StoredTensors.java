package dev.striate.plan;

import dev.striate.graph.Network;
import dev.striate.weights.NetworkTensors;
import dev.striate.weights.TensorData;
import java.util.Map;

/// The stored tensors of a network, each there and of its shape.
record StoredTensors(Map<String, TensorData> byName) {
    static StoredTensors of(Network network, Map<String, TensorData> tensors) {
        return new StoredTensors(NetworkTensors.of(network, tensors));
    }

    TensorData get(String node, String tensor) {
        return byName.get(node + "." + tensor);
    }

    float[] floats(String node, String tensor) {
        return get(node, tensor).floats();
    }
}
