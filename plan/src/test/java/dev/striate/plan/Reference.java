package dev.striate.plan;

import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Window;
import dev.striate.weights.TensorData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// Runs a network in float64, slowly, each operation as its definition reads: what plans are compared with.
final class Reference {
    private final Map<String, TensorData> tensors;
    private final Map<String, float[]> loaded = new ConcurrentHashMap<>();
    private Node node;
    private Shape x;
    private Shape y;

    private Reference(Map<String, TensorData> tensors) {
        this.tensors = tensors;
    }

    /// All outputs for one picture by name, channels × height × width.
    static Map<String, double[]> run(Network network, Map<String, TensorData> tensors, double[] picture) {
        var reference = new Reference(tensors);
        var shapes = Shapes.of(network);
        var values = new double[network.nodes().size()][];
        values[0] = picture;
        for (var i = 1; i < values.length; i++) {
            reference.node = network.nodes().get(i);
            var inputs = reference.node.inputs();
            reference.x = shapes.get(inputs.getFirst());
            reference.y = shapes.get(i);
            values[i] = reference.value(inputs.stream().map(input -> values[input]).toList());
        }
        var outputs = new LinkedHashMap<String, double[]>();
        network.outputs().forEach((name, index) -> outputs.put(name, values[index]));
        return outputs;
    }

    private double[] value(List<double[]> inputs) {
        var in = inputs.getFirst();
        return switch (node.op()) {
            case Op.Input _ -> in;
            case Op.Dropout _ -> in;
            case Op.DropPath _ -> in;
            case Op.Detection _ -> in;
            case Op.TreeLogits _ -> in;
            case Op.PairDifference _ -> throw new AssertionError("no plan has one");
            case Op.RegionPooling _ -> throw new IllegalStateException("A detector runs in halves");
            case Op.Flatten _ -> in;
            case Op.Conv conv -> convolution(in, conv);
            case Op.TransposedConv conv -> transposed(in, conv);
            case Op.TableConv conv -> table(in, conv);
            case Op.LocalConv conv -> local(in, conv);
            case Op.Linear linear -> linear(in, linear);
            case Op.BatchNorm norm ->
                each(i -> tensor("weight", channel(i)) * (in[i] - tensor("running_mean", channel(i)))
                        / Math.sqrt(tensor("running_var", channel(i)) + norm.epsilon()) + tensor("bias", channel(i)));
            case Op.ChannelAffine _ -> each(i -> tensor("weight", channel(i)) * in[i] + tensor("bias", channel(i)));
            case Op.LocalResponseNorm norm -> each(i -> responseNorm(in, norm, i));
            case Op.L2Norm norm -> each(i -> in[i] / Math.max(norm.epsilon(),
                    Math.sqrt(overChannels(in, i, 0, x.channels(), v -> v * v))));
            case Op.Softmax _ -> each(i -> Math.exp(in[i]) / overChannels(in, i, 0, x.channels(), Math::exp));
            case Op.RadialBasis rbf -> each(i -> distance(in, rbf.prototypes().get(i)));
            case Op.Relu _ -> map(in, v -> Math.max(0, v));
            case Op.LeakyRelu leaky -> map(in, v -> v > 0 ? v : leaky.slope() * v);
            case Op.Sigmoid _ -> map(in, v -> 1 / (1 + Math.exp(-v)));
            case Op.Tanh _ -> map(in, Math::tanh);
            case Op.Scale scale -> map(in, v -> scale.factor() * v);
            case Op.MaxPool pool -> each(i -> window(in, pool.window(), i).best);
            case Op.AvgPool pool -> each(i -> {
                var seen = window(in, pool.window(), i);
                return seen.sum / (pool.countPadding() ? seen.padded : seen.inside);
            });
            case Op.LpPool pool -> each(i -> Math.pow(window(map(in, v -> Math.pow(Math.abs(v), pool.power())),
                    pool.window(), i).sum, 1 / pool.power()));
            case Op.AdaptiveAvgPool _ -> each(i -> area(in, i));
            case Op.Concat _ -> inputs.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
            case Op.Add _ -> each(i -> inputs.stream().mapToDouble(input -> input[i]).sum());
            case Op.Slice slice -> java.util.Arrays.copyOfRange(in, slice.from() * area(x), slice.to() * area(x));
            case Op.Upsample up -> each(i -> upsampled(in, up, i));
            case Op.SpaceToDepth fold -> folded(in, fold);
            case Op.Pad pad -> each(i -> {
                var r = row(i) - pad.top();
                var c = column(i) - pad.left();
                return inside(r, c) ? in[(channel(i) * x.height() + r) * x.width() + c] : pad.value();
            });
            case Op.Crop crop -> each(i -> in[(channel(i) * x.height() + row(i) + crop.top()) * x.width()
                    + column(i) + crop.left()]);
            case Op.PadChannels pad -> each(i -> {
                var source = i - pad.before() * area(x);
                return source >= 0 && source < in.length ? in[source] : 0;
            });
        };
    }

    private interface Cell {
        double at(int index);
    }

    private double[] each(Cell cell) {
        var values = new double[Math.toIntExact(y.elements())];
        for (var i = 0; i < values.length; i++) values[i] = cell.at(i);
        return values;
    }

    private static double[] map(double[] in, DoubleUnaryOperator function) {
        return java.util.Arrays.stream(in).map(function).toArray();
    }

    private double tensor(String name, long index) {
        return floats(name)[(int) index];
    }

    private float[] floats(String name) {
        return loaded.computeIfAbsent(node.name() + "." + name, full -> tensors.get(full).floats());
    }

    private double bias(boolean there, int filter) {
        return there ? tensor("bias", filter) : 0;
    }

    private static int area(Shape shape) {
        return shape.height() * shape.width();
    }

    private int channel(int i) {
        return i / area(y);
    }

    private int row(int i) {
        return i / y.width() % y.height();
    }

    private int column(int i) {
        return i % y.width();
    }

    private boolean inside(int row, int column) {
        return row >= 0 && column >= 0 && row < x.height() && column < x.width();
    }

    private double at(double[] in, int channel, int row, int column) {
        return inside(row, column) ? in[(channel * x.height() + row) * x.width() + column] : 0;
    }

    private interface Weight {
        double at(int filter, int channel, int cell);
    }

    private double sum(double[] in, Window w, int i, int from, int to, Weight weight) {
        var sum = 0.0;
        for (var channel = from; channel < to; channel++) {
            for (var cell = 0; cell < w.kernel().area(); cell++) {
                var r = row(i) * w.stride().height() - w.padding().height()
                        + cell / w.kernel().width() * w.dilation().height();
                var c = column(i) * w.stride().width() - w.padding().width()
                        + cell % w.kernel().width() * w.dilation().width();
                sum += at(in, channel, r, c) * weight.at(channel(i), channel, cell);
            }
        }
        return sum;
    }

    /// Row by row, so that the whole zoo takes a minute.
    private double[] convolution(double[] in, Op.Conv conv) {
        var channels = x.channels() / conv.groups();
        var cells = conv.window().kernel().area();
        var weights = floats("weight");
        var values = new double[Math.toIntExact(y.elements())];
        IntStream.range(0, conv.filters()).parallel().forEach(filter -> {
            java.util.Arrays.fill(values, filter * area(y), (filter + 1) * area(y), bias(conv.bias(), filter));
            var first = filter / (conv.filters() / conv.groups()) * channels;
            for (var channel = 0; channel < channels; channel++) {
                for (var cell = 0; cell < cells; cell++) {
                    addShifted(in, first + channel, conv.window(), cell,
                            weights[(filter * channels + channel) * cells + cell], values, filter);
                }
            }
        });
        return values;
    }

    private void addShifted(double[] in, int channel, Window w, int cell, double weight, double[] values, int filter) {
        var down = cell / w.kernel().width() * w.dilation().height() - w.padding().height();
        var right = cell % w.kernel().width() * w.dilation().width() - w.padding().width();
        var stride = w.stride().width();
        for (var row = 0; row < y.height(); row++) {
            var r = row * w.stride().height() + down;
            if (r < 0 || r >= x.height()) continue;
            var source = (channel * x.height() + r) * x.width() + right;
            var target = (filter * y.height() + row) * y.width();
            for (var c = 0; c < y.width(); c++) {
                var column = c * stride + right;
                if (column >= 0 && column < x.width()) values[target + c] += weight * in[source + c * stride];
            }
        }
    }

    private double[] transposed(double[] in, Op.TransposedConv conv) {
        var w = conv.window();
        var filters = conv.filters() / conv.groups();
        var channels = x.channels() / conv.groups();
        var values = each(i -> bias(conv.bias(), channel(i)));
        for (var k = 0; k < in.length; k++) {
            var channel = k / area(x);
            for (var filter = 0; filter < filters; filter++) {
                for (var cell = 0; cell < w.kernel().area(); cell++) {
                    var r = k / x.width() % x.height() * w.stride().height() - w.padding().height()
                            + cell / w.kernel().width() * w.dilation().height();
                    var c = k % x.width() * w.stride().width() - w.padding().width()
                            + cell % w.kernel().width() * w.dilation().width();
                    if (r < 0 || c < 0 || r >= y.height() || c >= y.width()) continue;
                    values[((channel / channels * filters + filter) * y.height() + r) * y.width() + c] += in[k]
                            * tensor("weight", ((long) channel * filters + filter) * w.kernel().area() + cell);
                }
            }
        }
        return values;
    }

    private double[] table(double[] in, Op.TableConv conv) {
        var cells = conv.window().kernel().area();
        return each(i -> {
            var before = conv.table().subList(0, channel(i)).stream().mapToInt(List::size).sum();
            var sum = tensor("bias", channel(i));
            for (var channel : conv.table().get(channel(i))) {
                var start = (long) before++ * cells;
                sum += sum(in, conv.window(), i, channel, channel + 1, (_, _, cell) -> tensor("weight", start + cell));
            }
            return sum;
        });
    }

    private double[] local(double[] in, Op.LocalConv conv) {
        var cells = conv.window().kernel().area();
        return each(i -> {
            var start = ((long) (i % area(y)) * conv.filters() + channel(i)) * x.channels() * cells;
            return tensor("bias", i) + sum(in, conv.window(), i, 0, x.channels(),
                    (_, channel, cell) -> tensor("weight", start + (long) channel * cells + cell));
        });
    }

    private double[] linear(double[] in, Op.Linear linear) {
        var weights = floats("weight");
        return each(i -> {
            var sum = bias(linear.bias(), i);
            for (var j = 0; j < in.length; j++) sum += weights[i * in.length + j] * in[j];
            return sum;
        });
    }

    private double responseNorm(double[] in, Op.LocalResponseNorm norm, int i) {
        var first = channel(i) - norm.size() / 2;
        var squares = overChannels(in, i, first, first + norm.size(), v -> v * v);
        return in[i] / Math.pow(norm.k() + norm.alpha() * squares, norm.beta());
    }

    private double overChannels(double[] in, int i, int from, int to, DoubleUnaryOperator function) {
        var sum = 0.0;
        for (var c = Math.max(0, from); c < Math.min(x.channels(), to); c++) {
            sum += function.applyAsDouble(in[c * area(x) + i % area(x)]);
        }
        return sum;
    }

    private static double distance(double[] in, List<Integer> prototype) {
        var sum = 0.0;
        for (var j = 0; j < in.length; j++) sum += (in[j] - prototype.get(j)) * (in[j] - prototype.get(j));
        return sum;
    }

    private record Seen(double best, double sum, int inside, int padded) {}

    private Seen window(double[] in, Window w, int i) {
        var best = Double.NEGATIVE_INFINITY;
        var sum = 0.0;
        var inside = 0;
        var padded = 0;
        for (var cell = 0; cell < w.kernel().area(); cell++) {
            var r = row(i) * w.stride().height() - w.padding().height()
                    + cell / w.kernel().width() * w.dilation().height();
            var c = column(i) * w.stride().width() - w.padding().width()
                    + cell % w.kernel().width() * w.dilation().width();
            if (r < x.height() + w.padding().height() && c < x.width() + w.padding().width()) padded++;
            if (!inside(r, c)) continue;
            inside++;
            sum += at(in, channel(i), r, c);
            best = Math.max(best, at(in, channel(i), r, c));
        }
        return new Seen(best, sum, inside, padded);
    }

    private double area(double[] in, int i) {
        var top = row(i) * x.height() / y.height();
        var bottom = Math.ceilDiv((row(i) + 1) * x.height(), y.height());
        var left = column(i) * x.width() / y.width();
        var right = Math.ceilDiv((column(i) + 1) * x.width(), y.width());
        var sum = 0.0;
        for (var r = top; r < bottom; r++) for (var c = left; c < right; c++) sum += at(in, channel(i), r, c);
        return sum / ((bottom - top) * (right - left));
    }

    /// Linear interpolation between pixel centres is a tent over the nearest two rows and columns.
    private double upsampled(double[] in, Op.Upsample up, int i) {
        if (up.interpolation() == Op.Interpolation.NEAREST) {
            return at(in, channel(i), row(i) / up.factor(), column(i) / up.factor());
        }
        var v = Math.clamp((row(i) + 0.5) / up.factor() - 0.5, 0, x.height() - 1);
        var h = Math.clamp((column(i) + 0.5) / up.factor() - 0.5, 0, x.width() - 1);
        var sum = 0.0;
        for (var r = 0; r < x.height(); r++) {
            for (var c = 0; c < x.width(); c++) {
                var weight = Math.max(0, 1 - Math.abs(v - r)) * Math.max(0, 1 - Math.abs(h - c));
                sum += weight * at(in, channel(i), r, c);
            }
        }
        return sum;
    }

    private double[] folded(double[] in, Op.SpaceToDepth fold) {
        var b = fold.block();
        var seen = fold.order() == Op.BlockOrder.BLOCK_FIRST ? x
                : new Shape(x.channels() / (b * b), x.height() * b, x.width() * b);
        var values = new double[in.length];
        for (var k = 0; k < in.length; k++) {
            var c = k % seen.width();
            var r = k / seen.width() % seen.height();
            var channel = k / area(seen);
            var target = ((r % b * b + c % b) * seen.channels() + channel) * (area(seen) / (b * b))
                    + r / b * (seen.width() / b) + c / b;
            values[target] = in[k];
        }
        return values;
    }
}
