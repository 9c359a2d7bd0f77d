package dev.striate.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.striate.StriateException;
import dev.striate.graph.Node;
import dev.striate.graph.Shape;
import dev.striate.weights.TensorData;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where a node of our network goes in the builder: the last of its operators has the node's name, what it takes besides
/// has a suffix.
record NodeWriter(GraphBuilder builder, Node node, List<Value> inputs, Shape y, OnnxWeights weights) {
    /// The shape of the first input.
    Shape x() {
        return inputs.getFirst().shape();
    }

    /// The first input as it is.
    String input() {
        return inputs.getFirst().name();
    }

    boolean isFlat() {
        return inputs.stream().allMatch(Value::flat);
    }

    /// The first input as a vector, N×(C·H·W).
    String vector() {
        if (inputs.getFirst().flat()) return input();
        return aside("flat", "Flatten", List.of(input()), Attributes.integer("axis", 1));
    }

    /// The first input as N×C×H×W.
    String picture() {
        return picture(0);
    }

    String picture(int input) {
        var value = inputs.get(input);
        if (!value.flat()) return value.name();
        var shape = longs("shape" + input, 0, value.shape().channels(), value.shape().height(), value.shape().width());
        return aside("picture" + input, "Reshape", List.of(value.name(), shape));
    }

    /// All inputs as N×C×H×W.
    List<String> pictures() {
        return IntStream.range(0, inputs.size()).mapToObj(this::picture).toList();
    }

    /// The node's last operator, for N×C×H×W.
    Value put(String operator, List<String> inputs, AttributeProto... attributes) {
        return new Value(builder.node(node.name(), operator, inputs, attributes), y, false);
    }

    /// The node's last operator, for N×C.
    Value putFlat(String operator, List<String> inputs, AttributeProto... attributes) {
        return new Value(builder.node(node.name(), operator, inputs, attributes), y, true);
    }

    /// The node's last operator, which works on each value, or each channel, of the first input as it is.
    Value putAlike(String operator, List<String> others, AttributeProto... attributes) {
        return alike(operator, Stream.concat(Stream.of(input()), others.stream()).toList(), attributes);
    }

    /// The node's last operator, whose result is flat where the first input is.
    Value alike(String operator, List<String> inputs, AttributeProto... attributes) {
        return inputs().getFirst().flat() ? putFlat(operator, inputs, attributes) : put(operator, inputs, attributes);
    }

    /// An operator before the last.
    String aside(String suffix, String operator, List<String> inputs, AttributeProto... attributes) {
        return builder.node(node.name() + "/" + suffix, operator, inputs, attributes);
    }

    /// An operator's inputs: `x`, which is the first input, and the node's weight and bias.
    List<String> weighted(String x, boolean bias) {
        if (weights.int8().layers().contains(node.name())) return QdqNodes.weighted(this, x, bias);
        return bias ? List.of(x, parameter("weight"), parameter("bias")) : List.of(x, parameter("weight"));
    }

    /// One of the node's parameters as it is.
    String parameter(String name) {
        return parameter(name, tensor(name).shape());
    }

    String parameter(String name, List<Integer> shape) {
        return builder.constant(node.name() + "." + name, shape, tensor(name));
    }

    TensorData tensor(String name) {
        return weights.tensors().get(node.name() + "." + name);
    }

    String floats(String suffix, List<Integer> shape, float... values) {
        return builder.constant(node.name() + "/" + suffix, shape, values);
    }

    String number(String suffix, double value) {
        return floats(suffix, List.of(), (float) value);
    }

    String longs(String suffix, long... values) {
        return builder.integers(node.name() + "/" + suffix, values);
    }

    /// The shape of one value for each channel, to go with the first input.
    List<Integer> perChannel() {
        return inputs.getFirst().flat() ? List.of(x().channels()) : List.of(x().channels(), 1, 1);
    }

    StriateException refuse(String reason) {
        return StriateException.network("Node '" + node.name() + "' (" + node.op().getClass().getSimpleName()
                + ") cannot be written as ONNX: " + reason + ".");
    }
}
