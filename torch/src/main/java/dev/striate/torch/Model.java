package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Outputs;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.recipe.InitialValues;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Start;
import dev.striate.weights.NetworkTensors;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A network with its parameters on a device, ready to predict and to be trained by a [Trainer].
public final class Model implements AutoCloseable {
    private final Network network;
    private final Device device;
    private final ComputeTypes types;
    private final ParameterTensors parameters;
    private final ExecutionGraph inference;

    private Model(Network network, Device device, Precision precision, Function<Parameter, ParameterGroup> grouping) {
        Libtorch.load();
        this.network = network;
        this.device = device;
        types = ComputeTypes.of(precision);
        var list = Parameters.of(network);
        parameters = new ParameterTensors(list, grouping, device, types.rest());
        inference = new ExecutionGraph(network.atInference(), Purpose.PREDICTION);
    }

    /// A model with fresh weights, the same for the same seed.
    public static Model fresh(Network network, Start start, Device device, Precision precision) {
        return fresh(network, start, device, precision, _ -> ParameterGroup.DECAYED);
    }

    /// A model with fresh weights, whose parameters an optimiser will treat by group.
    public static Model fresh(Network network, Start start, Device device, Precision precision,
            Function<Parameter, ParameterGroup> grouping) {
        var model = new Model(network, device, precision, grouping);
        model.parameters.start(new InitialValues(network, start));
        return model;
    }

    /// A model with stored weights; every parameter of the network is expected by its name and shape.
    public static Model of(Network network, Map<String, TensorData> tensors, Device device, Precision precision) {
        return of(network, tensors, device, precision, _ -> ParameterGroup.DECAYED);
    }

    public static Model of(Network network, Map<String, TensorData> tensors, Device device, Precision precision,
            Function<Parameter, ParameterGroup> grouping) {
        var model = new Model(network, device, precision, grouping);
        model.load(tensors);
        return model;
    }

    public Network network() {
        return network;
    }

    public Device device() {
        return device;
    }

    /// The values of all parameters, float32, by name, in the order of the network.
    public Map<String, TensorData> tensors() {
        return parameters.save();
    }

    /// Replaces the values of all parameters, each by its name and shape.
    public void load(Map<String, TensorData> tensors) {
        parameters.load(NetworkTensors.of(network, tensors));
    }

    /// All outputs but the auxiliary ones for `n` pictures.
    ///
    /// @param pixels N×H×W×C float32 in native memory, preprocessed
    public Outputs predict(MemorySegment pixels, int n) {
        return new Outputs(n, run(inference, pixels, n));
    }

    /// A part of the network, prepared once.
    public interface Part {
        /// All its outputs for `n` inputs, which are pictures or what a part before gives.
        Outputs predict(MemorySegment inputs, int n);
    }

    /// A part of the network with the model's weights, as long as the model is open.
    public Part part(Network part) {
        var graph = new ExecutionGraph(part, Purpose.PREDICTION);
        return (inputs, n) -> new Outputs(n, run(graph, inputs, n));
    }

    /// The values of any nodes for `n` pictures, by name: activations, features.
    public Map<String, float[]> activations(MemorySegment pixels, int n, List<String> nodes) {
        var part = network.reaching(indices(nodes));
        return run(new ExecutionGraph(part, Purpose.PREDICTION), pixels, n);
    }

    /// The share of the channels of each ReLU that are 0 at every place of `n` pictures. ReLUs whose values have no places are
    /// left out: of those many answer to few pictures as a rule.
    public SequencedMap<String, Double> silentChannels(MemorySegment pixels, int n) {
        var shares = new LinkedHashMap<String, Double>();
        var shapes = Shapes.of(network.atInference());
        try (var _ = new PointerScope(); var pass = new Pass(inference, parameters, types, Pass.Mode.PREDICTION, 0)) {
            pass.forward(input(pixels, n), (node, value) -> {
                var op = network.atInference().nodes().get(node.index()).op();
                if (!(op instanceof Op.Relu) || shapes.get(node.index()).size().area() < 2) return;
                var largest = value.amax(new long[] { 0, 2, 3 }, false);
                shares.put(node.name(), largest.le(new Scalar(0)).sum().item_double() / largest.numel());
            });
        }
        return shares;
    }

    private SequencedMap<String, float[]> run(ExecutionGraph graph, MemorySegment pixels, int n) {
        var values = new LinkedHashMap<String, float[]>();
        try (var _ = new PointerScope(); var pass = new Pass(graph, parameters, types, Pass.Mode.PREDICTION, 0)) {
            pass.forward(input(pixels, n, graph.network().input()))
                    .forEach((name, tensor) -> values.put(name, Tensors.floats(tensor)));
        }
        return values;
    }

    /// A forward pass that stays open, through weights that stay as they are.
    ///
    /// @param pixels N×H×W×C float32 in native memory, preprocessed; lent until the pass is closed
    /// @param nodes whose values are its outputs, and from which gradients can go back
    public OpenPass open(MemorySegment pixels, int n, List<String> nodes, ReluGradient relu) {
        return new OpenPass(this, pixels, n, network.reaching(indices(nodes)), relu);
    }

    private Map<String, Integer> indices(List<String> nodes) {
        var wanted = new LinkedHashMap<String, Integer>();
        for (var node : nodes) wanted.put(node, network.index(node));
        return wanted;
    }

    /// A batch on the model's device, in its type, N×C×H×W with channels-last strides.
    Tensor input(MemorySegment pixels, int n) {
        return input(pixels, n, network.input());
    }

    /// The same for pictures of another shape than the network's.
    Tensor input(MemorySegment pixels, int n, Shape shape) {
        var expected = n * shape.elements() * Float.BYTES;
        if (pixels.byteSize() < expected) {
            throw new StriateException("A batch of " + n + " pictures of " + shape + " expects " + expected
                    + " bytes; received " + pixels.byteSize() + ".");
        }
        var borrowed = Tensors.borrow(pixels.asSlice(0, expected), n, shape.channels(), shape.height(), shape.width());
        return device == Device.CPU && types.rest() == ScalarType.Float ? borrowed
                : borrowed.to(parameters.values().device(), types.rest());
    }

    ParameterTensors parameters() {
        return parameters;
    }

    ComputeTypes types() {
        return types;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
