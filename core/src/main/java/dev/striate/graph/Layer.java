package dev.striate.graph;

import dev.striate.StriateException;
import dev.striate.graph.Op.Interpolation;
import dev.striate.graph.Options.ConvOption;
import dev.striate.graph.Options.PoolOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A place in a network under construction: each method adds the operation of its name behind it and returns the new
/// place.
///
/// A place can be kept in a variable and continued more than once: that is a branch. [#at] names the next node;
/// a node without a name gets its operation's and a number.
public final class Layer {
    private final Draft draft;
    private final int index;
    private final @Nullable String nextName;

    private Layer(Draft draft, int index, @Nullable String nextName) {
        this.draft = draft;
        this.index = index;
        this.nextName = nextName;
    }

    /// Starts a network with pictures of channels × height × width.
    public static Layer input(int channels, int height, int width) {
        return input(new Shape(channels, height, width));
    }

    public static Layer input(Shape shape) {
        var draft = new Draft();
        return new Layer(draft, draft.add("input", new Op.Input(shape), List.of()), null);
    }

    /// Names the next node.
    public Layer at(String name) {
        return new Layer(draft, index, name);
    }

    /// Applies a part of a network that is written as a function: a block, a stage.
    public Layer with(UnaryOperator<Layer> part) {
        return part.apply(this);
    }

    /// Adds any operation behind this place.
    public Layer then(Op op) {
        return add(op, List.of(index));
    }

    public Layer conv(int filters, int kernel, ConvOption... options) {
        return conv(filters, Size.square(kernel), options);
    }

    public Layer conv(int filters, Size kernel, ConvOption... options) {
        return then(convolution(filters, kernel, options));
    }

    public Layer transposedConv(int filters, int kernel, ConvOption... options) {
        var conv = convolution(filters, Size.square(kernel), options);
        return then(new Op.TransposedConv(filters, conv.window(), Size.ZERO, conv.groups(), conv.bias()));
    }

    private static Op.Conv convolution(int filters, Size kernel, ConvOption... options) {
        var groups = 1;
        var bias = true;
        var window = Window.of(kernel);
        for (var option : options) {
            switch (option) {
                case Options.WindowOption change -> window = change.change().apply(window);
                case Options.Groups g -> groups = g.groups();
                case Options.NoBias _ -> bias = false;
            }
        }
        return new Op.Conv(filters, window, groups, bias);
    }

    public Layer linear(int features) {
        return then(new Op.Linear(features, true));
    }

    /// Batch normalisation with ε = 1e-5 and momentum 0.1.
    public Layer batchNorm() {
        return batchNorm(1e-5);
    }

    public Layer batchNorm(double epsilon) {
        return then(new Op.BatchNorm(epsilon, 0.1));
    }

    /// AlexNet's local response normalisation: k = 2, n = 5, α = 1e-4, β = 0.75.
    public Layer localResponseNorm() {
        return then(new Op.LocalResponseNorm(5, 1e-4, 0.75, 2));
    }

    public Layer relu() {
        return then(new Op.Relu());
    }

    public Layer leakyRelu(double slope) {
        return then(new Op.LeakyRelu(slope));
    }

    public Layer sigmoid() {
        return then(new Op.Sigmoid());
    }

    public Layer tanh() {
        return then(new Op.Tanh());
    }

    public Layer softmax() {
        return then(new Op.Softmax());
    }

    public Layer scale(double factor) {
        return then(new Op.Scale(factor));
    }

    public Layer dropout(double rate) {
        return then(new Op.Dropout(rate));
    }

    /// Max pooling; without options the stride is the kernel's size.
    public Layer maxPool(int kernel, PoolOption... options) {
        var pool = Pooling.of(kernel, options);
        return then(new Op.MaxPool(pool.window, pool.ceil));
    }

    /// Average pooling; without options the stride is the kernel's size and padding counts in the divisor.
    public Layer avgPool(int kernel, PoolOption... options) {
        var pool = Pooling.of(kernel, options);
        return then(new Op.AvgPool(pool.window, pool.ceil, pool.countPadding));
    }

    /// L2-norm pooling; without options the stride is the kernel's size.
    public Layer l2Pool(int kernel, PoolOption... options) {
        var pool = Pooling.of(kernel, options);
        return then(new Op.LpPool(2, pool.window, pool.ceil));
    }

    public Layer globalAvgPool() {
        return adaptiveAvgPool(1);
    }

    public Layer adaptiveAvgPool(int side) {
        return then(new Op.AdaptiveAvgPool(Size.square(side)));
    }

    public Layer flatten() {
        return then(new Op.Flatten());
    }

    public Layer upsample(int factor, Interpolation interpolation) {
        return then(new Op.Upsample(factor, interpolation));
    }

    /// The part of this place from (`top`, `left`) on that is as high and wide as another place.
    public Layer crop(Layer like, int top, int left) {
        return join(new Op.Crop(top, left), like);
    }

    /// The sum of this place and others of the same shape.
    public Layer add(Layer... others) {
        return join(new Op.Add(), others);
    }

    /// This place and others, one behind the other along the channels.
    public Layer concat(Layer... others) {
        return join(new Op.Concat(), others);
    }

    /// The shape here: lets a block decide whether its shortcut needs a projection.
    public Shape shape() {
        return draft.shapes.get(index);
    }

    /// The name of the node here.
    public String name() {
        return draft.nodes.get(index).name();
    }

    /// Ends the network here, at its only output.
    public Network network(String name) {
        return network(name, Map.of());
    }

    /// Ends the network here, at its main output, with further outputs by name: a detector's other scales.
    public Network network(String name, Map<String, Layer> further) {
        return network(name, further, Map.of());
    }

    /// Ends the network here, at its main output, with further outputs by name and, behind them, auxiliary heads, which only
    /// training uses.
    public Network network(String name, Map<String, Layer> further, Map<String, Layer> auxiliary) {
        var outputs = new LinkedHashMap<String, Integer>();
        outputs.put(Network.OUTPUT, index);
        further.forEach((output, layer) -> outputs.put(output, same(layer).index));
        auxiliary.forEach((output, layer) -> outputs.put(output, same(layer).index));
        return new Network(name, draft.nodes, outputs, auxiliary.keySet()).reaching(outputs);
    }

    private Layer join(Op op, Layer... others) {
        var inputs = Stream.concat(Stream.of(this), Stream.of(others).map(this::same))
                .map(layer -> layer.index)
                .toList();
        return add(op, inputs);
    }

    private Layer add(Op op, List<Integer> inputs) {
        return new Layer(draft, draft.add(nextName, op, inputs), null);
    }

    private Layer same(Layer other) {
        if (other.draft != draft) throw StriateException.network("The branches come from two different inputs.");
        return other;
    }

    private record Pooling(Window window, boolean ceil, boolean countPadding) {
        static Pooling of(int kernel, PoolOption... options) {
            var window = Window.of(kernel).withStride(Size.square(kernel));
            var ceil = false;
            var countPadding = true;
            for (var option : options) {
                switch (option) {
                    case Options.WindowOption change -> window = change.change().apply(window);
                    case Options.Ceil _ -> ceil = true;
                    case Options.ExcludePadding _ -> countPadding = false;
                }
            }
            return new Pooling(window, ceil, countPadding);
        }
    }

    /// The nodes so far, with the shapes that they give.
    private static final class Draft {
        final List<Node> nodes = new ArrayList<>();
        final List<Shape> shapes = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final Map<String, Integer> counts = new HashMap<>();

        int add(@Nullable String name, Op op, List<Integer> inputs) {
            var node = new Node(name == null ? nextName(op) : name, op, inputs);
            shapes.add(Shapes.of(node, inputs.stream().map(shapes::get).toList()));
            names.add(node.name());
            nodes.add(node);
            return nodes.size() - 1;
        }

        private String nextName(Op op) {
            var kind = op.getClass().getSimpleName();
            var base = Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
            String name;
            do name = base + counts.merge(base, 1, Integer::sum);
            while (names.contains(name));
            return name;
        }
    }
}
