package dev.striate.onnx;

import dev.striate.weights.TensorData;
import java.util.List;

/// Values and weights in 8 bits: the numbers, and beside them the operators that give them back as float32. A runtime
/// joins those with the layers between them into layers of integers.
final class QdqNodes {
    /// Weights are whole multiples of their filter's scale, from −127 to 127.
    private static final int LARGEST_WEIGHT = 127;
    /// Keeps the bias of a filter with hardly any weights within 32 bits.
    private static final double LARGEST_BIAS = 1 << 30;

    private QdqNodes() {}

    /// What a node gives, rounded where a range says how.
    static Value value(NodeWriter at, Value value) {
        var range = at.weights().int8().values().get(at.node().name());
        if (range == null) return value;
        var scale = at.number("scale", range.scale());
        var zero = at.builder().bytes(at.node().name() + "/zero", List.of(), range.signed(), (byte) 0);
        var rounded = at.aside("rounded", "QuantizeLinear", List.of(value.name(), scale, zero));
        return new Value(at.aside("restored", "DequantizeLinear", List.of(rounded, scale, zero)), value.shape(),
                value.flat(), range);
    }

    /// The inputs of a layer whose weights are rounded filter by filter, its bias to multiples of the products' scale.
    static List<String> weighted(NodeWriter at, String x, boolean bias) {
        var range = at.inputs().getFirst().range();
        if (range == null) throw at.refuse("in int8 it takes a range for its input");
        var stored = at.tensor("weight");
        var biases = bias ? at.tensor("bias").floats() : new float[stored.shape().getFirst()];
        var scales = scales(stored, biases, range.scale());
        var weight = weight(at, stored, scales);
        return bias ? List.of(x, weight, bias(at, biases, scales, range.scale())) : List.of(x, weight);
    }

    private static String weight(NodeWriter at, TensorData stored, float[] scales) {
        var name = at.node().name() + ".weight";
        var rounded = at.builder().bytes(name, stored.shape(), true, bytes(stored, scales));
        var zero = at.builder().bytes(name + "/zero", List.of(scales.length), true, new byte[scales.length]);
        return restored(at, name, rounded, scales, zero);
    }

    private static String bias(NodeWriter at, float[] biases, float[] scales, double inputScale) {
        var name = at.node().name() + ".bias";
        var products = new float[scales.length];
        var words = new int[scales.length];
        for (var i = 0; i < words.length; i++) {
            products[i] = (float) (scales[i] * inputScale);
            words[i] = (int) Math.rint(biases[i] / products[i]);
        }
        var rounded = at.builder().words(name, words);
        return restored(at, name, rounded, products, at.builder().words(name + "/zero", new int[words.length]));
    }

    private static String restored(NodeWriter at, String name, String rounded, float[] scales, String zero) {
        var scale = at.builder().constant(name + "/scale", List.of(scales.length), scales);
        return at.builder().node(name + "/restored", "DequantizeLinear", List.of(rounded, scale, zero),
                Attributes.integer("axis", 0));
    }

    private static float[] scales(TensorData weights, float[] biases, double inputScale) {
        var scales = new float[biases.length];
        var cells = weights.elements() / scales.length;
        for (var filter = 0; filter < scales.length; filter++) {
            var largest = 0.0;
            for (var i = filter * cells; i < (filter + 1) * cells; i++) {
                largest = Math.max(largest, Math.abs(weights.value(i)));
            }
            var least = Math.abs(biases[filter]) / (inputScale * LARGEST_BIAS);
            scales[filter] = (float) Math.max(largest / LARGEST_WEIGHT, least);
            if (scales[filter] == 0) scales[filter] = 1;
        }
        return scales;
    }

    private static byte[] bytes(TensorData weights, float[] scales) {
        var bytes = new byte[Math.toIntExact(weights.elements())];
        var cells = bytes.length / scales.length;
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(weights.value(i) / scales[i / cells]), -LARGEST_WEIGHT,
                    LARGEST_WEIGHT);
        }
        return bytes;
    }
}
