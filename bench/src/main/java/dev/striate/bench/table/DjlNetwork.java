package dev.striate.bench.table;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import dev.striate.weights.TensorData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The reading of a network as a block of DJL's, with its own layers, as its users put them together.
final class DjlNetwork extends AbstractBlock {
    /// Our names of parameters as DJL's layers call them.
    private static final Map<String, String> NORMALISATION = Map.of("weight", "gamma", "bias", "beta", "running_mean",
            "runningMean", "running_var", "runningVar");

    private final Network network;
    private final List<dev.striate.graph.Shape> shapes;
    private final Map<Integer, Block> layers = new TreeMap<>();
    private final int[] lastReader;

    DjlNetwork(Network network) {
        this.network = network;
        shapes = Shapes.of(network);
        lastReader = new int[network.nodes().size()];
        for (var i = 0; i < network.nodes().size(); i++) {
            var node = network.nodes().get(i);
            for (var input : node.inputs()) lastReader[input] = i;
            var layer = layer(node.op());
            if (layer != null) layers.put(i, addChildBlock(node.name(), layer));
        }
    }

    private static @Nullable Block layer(Op op) {
        return switch (op) {
            case Op.Conv conv -> Conv2d.builder()
                    .setFilters(conv.filters()).setKernelShape(shape(conv.window().kernel()))
                    .optStride(shape(conv.window().stride())).optPadding(shape(conv.window().padding()))
                    .optDilation(shape(conv.window().dilation())).optGroups(conv.groups()).optBias(conv.bias())
                    .build();
            case Op.Linear linear -> Linear.builder().setUnits(linear.features()).optBias(linear.bias()).build();
            case Op.BatchNorm norm -> BatchNorm.builder().optEpsilon((float) norm.epsilon())
                    .optMomentum((float) (1 - norm.momentum())).build();
            case Op.Dropout dropout -> Dropout.builder().optRate((float) dropout.rate()).build();
            default -> null;
        };
    }

    private static Shape shape(Size size) {
        return new Shape(size.height(), size.width());
    }

    @Override
    protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training,
            PairList<String, Object> parameters) {
        var values = new NDArray[network.nodes().size()];
        values[0] = inputs.singletonOrThrow();
        for (var i = 1; i < values.length; i++) {
            var node = network.nodes().get(i);
            var read = new NDList(node.inputs().stream().map(input -> values[input]).toList());
            var layer = layers.get(i);
            values[i] = layer != null ? layer.forward(store, read, training).singletonOrThrow()
                    : weightless(node, i, read);
            for (var input : node.inputs()) if (!training && lastReader[input] == i) release(values, input, i);
        }
        return new NDList(values[network.output()]);
    }

    /// Gives memory back as soon as nobody reads a value any more; a view of it keeps it.
    private static void release(NDArray[] values, int index, int reader) {
        if (values[index] == values[0] || values[index] == values[reader]) return;
        values[index].close();
        values[index] = values[0];
    }

    private NDArray weightless(Node node, int index, NDList inputs) {
        var x = inputs.get(0);
        return switch (node.op()) {
            case Op.Relu _ -> Activation.relu(x);
            case Op.LeakyRelu leaky -> Activation.leakyRelu(x, (float) leaky.slope());
            case Op.Softmax _ -> x.softmax(1);
            case Op.MaxPool(var window, boolean ceil) -> Pool.maxPool2d(x, shape(window.kernel()),
                    shape(window.stride()), shape(window.padding()), ceil);
            case Op.AvgPool(var window, boolean ceil, boolean count) -> Pool.avgPool2d(x, shape(window.kernel()),
                    shape(window.stride()), shape(window.padding()), ceil, count);
            case Op.AdaptiveAvgPool(var size) when size.equals(shapes.get(node.inputs().getFirst()).size()) -> x;
            case Op.AdaptiveAvgPool(var size) when size.equals(Size.ONE) -> Pool.globalAvgPool2d(x);
            case Op.Flatten _ -> Blocks.batchFlatten(x);
            case Op.Concat _ -> NDArrays.concat(inputs, 1);
            case Op.Add _ -> inputs.stream().reduce(NDArray::add).orElseThrow();
            default -> throw new StriateException("Node '" + node.name() + "' of " + network.name() + " is a "
                    + node.op().getClass().getSimpleName() + " of output " + shapes.get(index)
                    + ", which is not built with DJL here.");
        };
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        layers.forEach((index, layer) -> {
            var x = shapes.get(network.nodes().get(index).inputs().getFirst());
            var shape = x.isVector() ? new Shape(1, x.channels()) : new Shape(1, x.channels(), x.height(), x.width());
            layer.initialize(manager, type, shape);
        });
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] { new Shape(inputs[0].get(0), shapes.get(network.output()).elements()) };
    }

    /// Gives every layer its stored weights, after it has been initialised.
    void load(Map<String, TensorData> tensors) {
        layers.forEach((index, layer) -> {
            var node = network.nodes().get(index);
            tensors.forEach((name, tensor) -> {
                if (!name.startsWith(node.name() + ".")) return;
                var suffix = name.substring(node.name().length() + 1);
                if (suffix.contains(".")) return;
                var own = layer instanceof BatchNorm ? NORMALISATION.get(suffix) : suffix;
                layer.getDirectParameters().get(own).getArray().set(tensor.floats());
            });
        });
    }
}
