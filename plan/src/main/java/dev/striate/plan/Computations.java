package dev.striate.plan;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import dev.striate.weights.TensorData;
import java.util.List;
import java.util.Map;

/// The reading that gives each operation's step.
final class Computations {
    private final Network network;
    private final List<Shape> shapes;
    private final StoredTensors tensors;

    Computations(Network network, List<Shape> shapes, Map<String, TensorData> tensors) {
        this.network = network;
        this.shapes = shapes;
        this.tensors = StoredTensors.of(network, tensors);
    }

    /// The step of a node that reads these values, the first with a margin around it.
    PlanStep step(int index, List<Integer> inputs, Op.Pad margin) {
        var node = network.nodes().get(index);
        var x = shapes.get(inputs.getFirst());
        var y = shapes.get(index);
        return switch (node.op()) {
            case Op.Conv conv -> layer(index, inputs, convolution(node, conv, margin, x, y));
            case Op.TransposedConv conv -> layer(index, inputs, deconvolution(node, conv, x, y));
            case Op.TableConv conv -> layer(index, inputs, tableConvolution(node, conv, x, y));
            case Op.Linear linear -> layer(index, inputs, product(node, linear, x));
            case Op.LocalConv conv -> layer(index, inputs, new Computation.Looped(localConvolution(node, conv, x, y)));
            case Op.RadialBasis rbf -> layer(index, inputs, new Computation.Looped(JavaLoops.radialBasis(rbf, x)));
            case Op.BatchNorm norm -> layer(index, inputs, normalisation(node, norm));
            case Op.ChannelAffine _ -> layer(index, inputs, affine(node));
            case Op.LocalResponseNorm norm -> layer(index, inputs, norm.size() % 2 == 1
                    ? new Computation.LocalNormalisation(norm)
                    : new Computation.Looped(JavaLoops.localResponseNorm(norm, x)));
            case Op.L2Norm norm -> layer(index, inputs, new Computation.Looped(JavaLoops.l2Norm(norm, x)));
            case Op.Softmax _ -> layer(index, inputs, new Computation.Softmax());
            case Op.MaxPool pool -> layer(index, inputs,
                    new Computation.Pooling(Computation.Reduction.MAXIMUM, Geometry.of(pool.window(), margin, x, y)));
            case Op.AvgPool pool -> layer(index, inputs, average(pool, x, y));
            case Op.AdaptiveAvgPool _ -> layer(index, inputs, adaptiveAverage(x, y));
            case Op.LpPool pool -> layer(index, inputs, new Computation.Looped(JavaLoops.lpPool(pool, x, y)));
            case Op.Flatten _ -> layer(index, inputs, new Computation.Flattening());
            case Op.Concat _ -> layer(index, inputs, new Computation.Concatenation());
            case Op.Add _ -> layer(index, inputs, new Computation.Addition());
            case Op.Slice slice -> layer(index, inputs, new Computation.Slice(slice.from()));
            case Op.Upsample up -> layer(index, inputs, new Computation.Looped(JavaLoops.upsample(up, x)));
            case Op.SpaceToDepth fold -> layer(index, inputs, new Computation.Looped(JavaLoops.spaceToDepth(fold, x)));
            case Op.Pad pad -> layer(index, inputs,
                    new Computation.Pad(0, pad.top(), pad.left(), (float) pad.value()));
            case Op.Crop crop -> layer(index, inputs, new Computation.Window(crop.top(), crop.left()));
            case Op.PadChannels pad -> layer(index, inputs, new Computation.Pad(pad.before(), 0, 0, 0));
            case Op.Relu _ -> curve(index, inputs, PostOp.Curve.RELU);
            case Op.LeakyRelu leaky -> curve(index, inputs, PostOp.Curve.leaky(leaky.slope()));
            case Op.Sigmoid _ -> curve(index, inputs, PostOp.Curve.SIGMOID);
            case Op.Tanh _ -> curve(index, inputs, PostOp.Curve.TANH);
            case Op.Scale scale -> curve(index, inputs, PostOp.Curve.scale(scale.factor()));
            case Op.Input _ -> throw noStep(node);
            case Op.Dropout _ -> throw noStep(node);
            case Op.DropPath _ -> throw noStep(node);
            case Op.Detection _ -> throw noStep(node);
            case Op.TreeLogits _ -> throw noStep(node);
            case Op.PairDifference _ ->
                throw StriateException
                        .network("A plan runs a network's tower and what joins two of them one at a time; "
                                + "received " + network.name() + " with both, cut at '" + node.name() + "'.");
            case Op.RegionPooling _ ->
                throw StriateException.network("A plan runs a detector's halves before and behind"
                        + " its regions one at a time; received " + network.name() + ", cut at '" + node.name() + "'.");
        };
    }

    private static IllegalStateException noStep(Node node) {
        return new IllegalStateException("'" + node.name() + "' passes its input through and has no step");
    }

    private PlanStep layer(int index, List<Integer> inputs, Computation computation) {
        return new PlanStep(network.nodes().get(index).name(), computation, inputs, List.of(), index);
    }

    private PlanStep curve(int index, List<Integer> inputs, PostOp.Curve curve) {
        return layer(index, inputs, new Computation.Pointwise()).then(curve);
    }

    private Computation convolution(Node node, Op.Conv conv, Op.Pad margin, Shape x, Shape y) {
        var sides = sides(conv.groups(), conv.filters(), x.channels() / conv.groups(), conv.window().kernel());
        var weights = FoldedWeights.of(sides, tensors.get(node.name(), "weight"), conv.filters(),
                bias(node, conv.bias()));
        return new Computation.Convolution(weights, Geometry.of(conv.window(), margin, x, y));
    }

    private static long[] sides(int groups, int filters, int channels, Size kernel) {
        if (groups == 1) return new long[] { filters, channels, kernel.height(), kernel.width() };
        return new long[] { groups, filters / groups, channels, kernel.height(), kernel.width() };
    }

    private float[] bias(Node node, boolean there) {
        return there ? tensors.floats(node.name(), "bias") : new float[0];
    }

    /// PyTorch stores channels outermost, oneDNN wants filters there.
    private Computation deconvolution(Node node, Op.TransposedConv conv, Shape x, Shape y) {
        var geometry = Geometry.transposed(conv.window(), x, y);
        if (Math.min(geometry.after().height(), geometry.after().width()) < 0) {
            throw StriateException.network(
                    "A plan expects a transposed convolution's output padding to be at most its padding;"
                            + " node '" + node.name() + "' has " + conv.outputPadding() + " and "
                            + conv.window().padding() + ".");
        }
        var channels = x.channels() / conv.groups();
        var filters = conv.filters() / conv.groups();
        var cells = conv.window().kernel().area();
        var stored = tensors.floats(node.name(), "weight"); // channels × filters/groups × kh × kw
        var turned = new float[stored.length];
        for (var channel = 0; channel < x.channels(); channel++) {
            for (var filter = 0; filter < filters; filter++) {
                var target = (channel / channels * filters + filter) * channels + channel % channels;
                System.arraycopy(stored, (channel * filters + filter) * cells, turned, target * cells, cells);
            }
        }
        return new Computation.Deconvolution(FoldedWeights.of(sides(conv.groups(), filters * conv.groups(), channels,
                conv.window().kernel()), flat(turned), conv.filters(), bias(node, conv.bias())), geometry);
    }

    /// The listed kernels in their places of a dense weight, zero elsewhere.
    private Computation tableConvolution(Node node, Op.TableConv conv, Shape x, Shape y) {
        var cells = conv.window().kernel().area();
        var stored = tensors.floats(node.name(), "weight");
        var dense = new float[conv.table().size() * x.channels() * cells];
        var next = 0;
        for (var filter = 0; filter < conv.table().size(); filter++) {
            for (var channel : conv.table().get(filter)) {
                System.arraycopy(stored, next++ * cells, dense, (filter * x.channels() + channel) * cells, cells);
            }
        }
        var sides = sides(1, conv.table().size(), x.channels(), conv.window().kernel());
        var weights = FoldedWeights.of(sides, flat(dense), conv.table().size(), bias(node, true));
        return new Computation.Convolution(weights, Geometry.of(conv.window(), Lowering.NO_PAD, x, y));
    }

    private static TensorData flat(float[] values) {
        return TensorData.of(List.of(values.length), values);
    }

    private Computation product(Node node, Op.Linear linear, Shape x) {
        var sides = x.isVector() ? new long[] { linear.features(), x.channels() }
                : new long[] { linear.features(), x.channels(), x.height(), x.width() };
        return new Computation.Product(FoldedWeights.of(sides, tensors.get(node.name(), "weight"), linear.features(),
                bias(node, linear.bias())));
    }

    private JavaLoop localConvolution(Node node, Op.LocalConv conv, Shape x, Shape y) {
        return JavaLoops.localConvolution(conv, x, y, tensors.get(node.name(), "weight"),
                tensors.floats(node.name(), "bias"));
    }

    /// Batch normalisation by its running statistics: `weight / √(variance + ε)` and what centres it.
    Computation.ChannelScale normalisation(Node node, Op.BatchNorm norm) {
        var scale = tensors.floats(node.name(), "weight");
        var shift = tensors.floats(node.name(), "bias");
        var mean = tensors.floats(node.name(), "running_mean");
        var variance = tensors.floats(node.name(), "running_var");
        for (var i = 0; i < scale.length; i++) {
            var factor = scale[i] / Math.sqrt(variance[i] + norm.epsilon());
            shift[i] = (float) (shift[i] - mean[i] * factor);
            scale[i] = (float) factor;
        }
        return new Computation.ChannelScale(scale, shift);
    }

    Computation.ChannelScale affine(Node node) {
        return new Computation.ChannelScale(tensors.floats(node.name(), "weight"), tensors.floats(node.name(), "bias"));
    }

    /// Padding counts in oneDNN's divisor also where rounding up added it; PyTorch's stops at the window's own.
    private static Computation average(Op.AvgPool pool, Shape x, Shape y) {
        var geometry = Geometry.of(pool.window(), Lowering.NO_PAD, x, y);
        var rounded = !geometry.after().equals(geometry.before());
        if (pool.countPadding() && rounded) return new Computation.Looped(JavaLoops.average(pool, x, y));
        return new Computation.Pooling(pool.countPadding() ? Computation.Reduction.AVERAGE_WITH_PADDING
                : Computation.Reduction.AVERAGE_WITHOUT_PADDING, geometry);
    }

    private static Computation adaptiveAverage(Shape x, Shape y) {
        if (x.height() % y.height() != 0 || x.width() % y.width() != 0) {
            return new Computation.Looped(JavaLoops.adaptiveAverage(x, y));
        }
        var kernel = new Size(x.height() / y.height(), x.width() / y.width());
        var geometry = Geometry.of(Window.of(kernel).withStride(kernel), Lowering.NO_PAD, x, y);
        return new Computation.Pooling(Computation.Reduction.AVERAGE_WITHOUT_PADDING, geometry);
    }
}
