package dev.striate.darknet;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.weights.DataType;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One tensor at its place in a weight file. `epsilon` is that of the normalisation whose variance it is.
record Stored(Parameter parameter, Kind kind, double epsilon) {
    enum Kind {
        PLAIN,
        VARIANCE,
        CONNECTED_WEIGHT
    }

    /// The tensors of a network in the order of its weight file; refuses, by name, a layer that Darknet does not store.
    static List<Stored> of(Network network) {
        return new Order(network).all();
    }

    String name() {
        return parameter.name();
    }

    long elements() {
        return parameter.elements();
    }

    /// Refuses tensors in which this one is missing or has another shape.
    void check(Map<String, TensorData> tensors) {
        var tensor = tensors.get(name());
        if (tensor == null)
            throw StriateException.network("Expected a tensor '" + name() + "' to write; received none.");
        if (!tensor.shape().equals(parameter.shape())) {
            throw StriateException.network("Expected the tensor '" + name() + "' to have shape " + parameter.shape()
                    + "; received " + tensor.shape() + ".");
        }
    }

    /// A view of the file, or a copy of what Darknet keeps in another form.
    TensorData fromDarknet(MemorySegment bytes, boolean transposed, double added) {
        var tensor = new TensorData(DataType.F32, parameter.shape(), bytes);
        return switch (kind) {
            case PLAIN -> tensor;
            case VARIANCE -> TensorData.of(parameter.shape(), variances(tensor.floats(), added));
            case CONNECTED_WEIGHT -> transposed ? transpose(tensor.floats()) : tensor;
        };
    }

    /// The values as Darknet keeps them, float32.
    TensorData toDarknet(TensorData tensor, double added) {
        if (kind != Kind.VARIANCE && tensor.type() == DataType.F32) return tensor;
        var values = tensor.floats();
        return TensorData.of(tensor.shape(), kind == Kind.VARIANCE ? darknetVariances(values, added) : values);
    }

    private float[] darknetVariances(float[] values, double added) {
        var darknet = new float[values.length];
        for (var i = 0; i < values.length; i++) {
            var root = Math.sqrt(values[i] + epsilon) - added;
            darknet[i] = (float) (root * root);
        }
        return darknet;
    }

    private float[] variances(float[] values, double added) {
        var variances = new float[values.length];
        for (var i = 0; i < values.length; i++) {
            var root = Math.sqrt(values[i]) + added;
            variances[i] = (float) (root * root - epsilon);
        }
        return variances;
    }

    /// Inputs × outputs, as old versions have it, to outputs × inputs.
    private TensorData transpose(float[] values) {
        var outputs = parameter.shape().getFirst();
        var inputs = parameter.shape().getLast();
        var turned = new float[values.length];
        for (var output = 0; output < outputs; output++) {
            for (var input = 0; input < inputs; input++) {
                turned[output * inputs + input] = values[input * outputs + output];
            }
        }
        return TensorData.of(parameter.shape(), turned);
    }

    /// Finds the order: Darknet keeps a layer's normalisation with the layer.
    private static final class Order {
        private final Network network;
        private final Map<String, Parameter> parameters = new LinkedHashMap<>();

        Order(Network network) {
            this.network = network;
            for (var parameter : Parameters.of(network)) parameters.put(parameter.name(), parameter);
        }

        List<Stored> all() {
            var all = new ArrayList<Stored>();
            for (var i = 0; i < network.nodes().size(); i++) all.addAll(at(i));
            return all;
        }

        private List<Stored> at(int index) {
            var node = network.nodes().get(index);
            var name = node.name();
            return switch (node.op()) {
                case Op.Conv conv -> conv.bias()
                        ? biased(name, plain(name + ".weight"))
                        : join(Stream.of(shift(index), normalisation(index), plain(name + ".weight")));
                case Op.Linear linear -> linear.bias()
                        ? biased(name, weight(name))
                        : join(Stream.of(shift(index), weight(name), normalisation(index)));
                case Op.LocalConv _ -> biased(name, plain(name + ".weight"));
                case Op.BatchNorm _ -> checkNormalisation(index);
                case Op.TransposedConv _ -> throw unknown(name, node.op());
                case Op.TableConv _ -> throw unknown(name, node.op());
                case Op.ChannelAffine _ -> throw unknown(name, node.op());
                case Op.Weightless _ -> List.of();
            };
        }

        private static List<Stored> join(Stream<List<Stored>> parts) {
            return parts.flatMap(List::stream).toList();
        }

        private List<Stored> plain(String name) {
            return List.of(new Stored(parameters.get(name), Kind.PLAIN, 0));
        }

        private List<Stored> biased(String name, List<Stored> weight) {
            return join(Stream.of(plain(name + ".bias"), weight));
        }

        private List<Stored> weight(String name) {
            return List.of(new Stored(parameters.get(name + ".weight"), Kind.CONNECTED_WEIGHT, 0));
        }

        private List<Stored> shift(int layer) {
            return plain(network.nodes().get(normOf(layer)).name() + ".bias");
        }

        private List<Stored> normalisation(int layer) {
            var norm = network.nodes().get(normOf(layer));
            var epsilon = ((Op.BatchNorm) norm.op()).epsilon();
            var variance = new Stored(parameters.get(norm.name() + ".running_var"), Kind.VARIANCE, epsilon);
            return join(Stream.of(plain(norm.name() + ".weight"), plain(norm.name() + ".running_mean"),
                    List.of(variance)));
        }

        private int normOf(int layer) {
            for (var i = layer + 1; i < network.nodes().size(); i++) {
                var node = network.nodes().get(i);
                if (node.op() instanceof Op.BatchNorm && node.inputs().getFirst() == layer) return i;
            }
            throw StriateException.network("Darknet keeps a bias or a batch normalisation with every layer; '"
                    + network.nodes().get(layer).name() + "' of " + network.name() + " has neither.");
        }

        private List<Stored> checkNormalisation(int index) {
            var norm = network.nodes().get(index);
            var layer = network.nodes().get(norm.inputs().getFirst()).op();
            if (layer instanceof Op.Conv conv && !conv.bias() || layer instanceof Op.Linear linear && !linear.bias()) {
                return List.of();
            }
            throw StriateException
                    .network("Darknet keeps a batch normalisation only with a layer without bias before it; "
                            + "'" + norm.name() + "' of " + network.name() + " has none.");
        }

        private StriateException unknown(String name, Op op) {
            return StriateException.network("Darknet's weight files hold no " + op.getClass().getSimpleName() + ", as '"
                    + name + "' of " + network.name() + " is.");
        }
    }
}
