package dev.striate.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.striate.StriateException;
import dev.striate.graph.Shape;
import dev.striate.weights.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// A graph of ONNX under construction. A node and the value that it gives have one name.
final class GraphBuilder {
    /// The symbolic first dimension of inputs and outputs.
    private static final String BATCH = "batch";

    private final GraphProto.Builder graph;
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> renamed = new HashMap<>();

    GraphBuilder(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    GraphProto graph() {
        return graph.build();
    }

    Value input(String name, Shape shape) {
        var value = new Value(take(name), shape, false);
        graph.addInput(info(value));
        return value;
    }

    /// Makes a value an output of the graph under this name; another value of the name gives way.
    void output(String name, Value value) {
        var given = current(value);
        if (names.contains(name) && !given.equals(name)) rename(name, take(name + "/value"));
        rename(isGiven(given) ? given : node(name + "/copy", "Identity", List.of(given)), name);
        names.add(name);
        graph.addOutput(info(new Value(name, value.shape(), value.flat())));
    }

    /// What a value is called by now: outputs take their names from others.
    String current(Value value) {
        return renamed.getOrDefault(value.name(), value.name());
    }

    /// Whether a node gives the value, and it is no output yet.
    private boolean isGiven(String value) {
        return graph.getNodeList().stream().anyMatch(node -> node.getOutput(0).equals(value))
                && graph.getOutputList().stream().noneMatch(output -> output.getName().equals(value));
    }

    private void rename(String value, String name) {
        renamed.replaceAll((_, now) -> now.equals(value) ? name : now);
        renamed.putIfAbsent(value, name);
        names.remove(value);
        for (var node : graph.getNodeBuilderList()) {
            IntStream.range(0, node.getInputCount()).filter(i -> node.getInput(i).equals(value))
                    .forEach(i -> node.setInput(i, name));
            if (node.getOutput(0).equals(value)) node.setOutput(0, name);
        }
    }

    /// Adds an operator; gives the name of its result.
    String node(String name, String operator, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder().setName(name).setOpType(operator).addAllInput(inputs)
                .addOutput(take(name)).addAllAttribute(List.of(attributes)));
        return name;
    }

    /// Adds a constant; float32 is not copied.
    String constant(String name, List<Integer> shape, TensorData values) {
        var bytes = values.type() == dev.striate.weights.DataType.F32 ? values.bytes().asByteBuffer()
                : buffer(values.floats());
        return constant(name, DataType.FLOAT, shape, UnsafeByteOperations.unsafeWrap(bytes));
    }

    String constant(String name, List<Integer> shape, float... values) {
        return constant(name, DataType.FLOAT, shape, UnsafeByteOperations.unsafeWrap(buffer(values)));
    }

    String integers(String name, long... values) {
        var bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var value : values) bytes.putLong(value);
        return constant(name, DataType.INT64, List.of(values.length), UnsafeByteOperations.unsafeWrap(bytes.flip()));
    }

    /// A constant of `int8` values; `uint8` where it has no sign.
    String bytes(String name, List<Integer> shape, boolean signed, byte... values) {
        return constant(name, signed ? DataType.INT8 : DataType.UINT8, shape, UnsafeByteOperations.unsafeWrap(values));
    }

    /// A vector of `int32` values.
    String words(String name, int... values) {
        var bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var value : values) bytes.putInt(value);
        return constant(name, DataType.INT32, List.of(values.length), UnsafeByteOperations.unsafeWrap(bytes.flip()));
    }

    private String constant(String name, DataType type, List<Integer> shape, ByteString bytes) {
        graph.addInitializer(TensorProto.newBuilder().setName(take(name)).setDataType(type.getNumber())
                .addAllDims(shape.stream().map(Integer::longValue).toList()).setRawData(bytes));
        return name;
    }

    private static ByteBuffer buffer(float[] values) {
        var bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private String take(String name) {
        if (names.add(name)) return name;
        throw StriateException.network("A value of " + graph.getName() + " expects a name of its own in ONNX; '" + name
                + "' would name two.");
    }

    private static ValueInfoProto info(Value value) {
        var shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam(BATCH);
        shape.addDimBuilder().setDimValue(value.shape().channels());
        if (!value.flat()) {
            shape.addDimBuilder().setDimValue(value.shape().height());
            shape.addDimBuilder().setDimValue(value.shape().width());
        }
        var tensor = TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()).setShape(shape);
        return ValueInfoProto.newBuilder().setName(value.name())
                .setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }
}
