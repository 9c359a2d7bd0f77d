package dev.striate.graph;

import dev.striate.StriateException;
import java.util.ArrayList;
import java.util.List;

/// The reading that gives each node's shape, and refuses a network that does not fit.
public final class Shapes {
    private Shapes() {}

    /// The output shape of each node, in the order of the nodes.
    public static List<Shape> of(Network network) {
        var shapes = new ArrayList<Shape>();
        for (var node : network.nodes()) {
            shapes.add(of(node, node.inputs().stream().map(shapes::get).toList()));
        }
        return shapes;
    }

    /// The shape that a node gives for inputs of these shapes.
    static Shape of(Node node, List<Shape> inputs) {
        var at = new At(node);
        if (node.op() instanceof Op.Input input) return input.shape();
        var x = inputs.getFirst();
        return switch (node.op()) {
            case Op.Input input -> input.shape();
            case Op.Conv conv -> conv(at, conv, x);
            case Op.TransposedConv conv -> transposedConv(at, conv, x);
            case Op.TableConv conv -> tableConv(at, conv, x);
            case Op.LocalConv conv -> slide(at, conv.window(), x, false).withChannels(conv.filters());
            case Op.Linear linear -> linear(at, linear, x);
            case Op.MaxPool pool -> pool(at, pool.window(), x, pool.ceil());
            case Op.AvgPool pool -> pool(at, pool.window(), x, pool.ceil());
            case Op.LpPool pool -> pool(at, pool.window(), x, pool.ceil());
            case Op.AdaptiveAvgPool pool -> x.withSize(pool.output());
            case Op.RegionPooling pool -> x.withSize(pool.bins());
            case Op.Flatten _ -> Shape.vector(Math.toIntExact(x.elements()));
            case Op.RadialBasis rbf -> radialBasis(at, rbf, x);
            case Op.Concat _ -> concat(at, inputs);
            case Op.Add _ -> sum(at, inputs);
            case Op.Slice slice -> slice(at, slice, x);
            case Op.Upsample up -> new Shape(x.channels(), x.height() * up.factor(), x.width() * up.factor());
            case Op.SpaceToDepth fold -> spaceToDepth(at, fold, x);
            case Op.Pad pad ->
                new Shape(x.channels(), x.height() + pad.top() + pad.bottom(), x.width() + pad.left() + pad.right());
            case Op.Crop crop -> crop(at, crop, x, inputs.getLast());
            case Op.PadChannels pad -> x.withChannels(x.channels() + pad.before() + pad.after());
            case Op.Pointwise _ -> x;
            case Op.BatchNorm _ -> x;
            case Op.LocalResponseNorm _ -> x;
            case Op.L2Norm _ -> x;
            case Op.ChannelAffine _ -> x;
            case Op.Softmax _ -> x;
            case Op.PairDifference _ -> x;
            case Op.Detection _ -> x;
            case Op.TreeLogits logits -> treeLogits(at, logits, x);
        };
    }

    private static Shape treeLogits(At at, Op.TreeLogits logits, Shape x) {
        var classes = logits.tree().size();
        if (x.elements() != classes) throw at.refuse("a value for each of its tree's " + classes + " classes", x);
        return x;
    }

    private static Shape conv(At at, Op.Conv conv, Shape x) {
        if (x.channels() % conv.groups() != 0) {
            throw at.refuse("channels that divide into " + conv.groups() + " groups", x);
        }
        return slide(at, conv.window(), x, false).withChannels(conv.filters());
    }

    private static Shape transposedConv(At at, Op.TransposedConv conv, Shape x) {
        if (x.channels() % conv.groups() != 0) {
            throw at.refuse("channels that divide into " + conv.groups() + " groups", x);
        }
        var w = conv.window();
        var height = (x.height() - 1) * w.stride().height()
                + w.extent().height()
                - 2 * w.padding().height()
                + conv.outputPadding().height();
        var width = (x.width() - 1) * w.stride().width()
                + w.extent().width()
                - 2 * w.padding().width()
                + conv.outputPadding().width();
        if (height < 1 || width < 1) throw at.refuse("an input larger than its padding takes away", x);
        return new Shape(conv.filters(), height, width);
    }

    private static Shape tableConv(At at, Op.TableConv conv, Shape x) {
        var highest = conv.table().stream()
                .flatMap(List::stream)
                .mapToInt(i -> i)
                .max()
                .orElse(-1);
        if (highest >= x.channels()) throw at.refuse("at least " + (highest + 1) + " channels, as its table says", x);
        return slide(at, conv.window(), x, false).withChannels(conv.table().size());
    }

    private static Shape linear(At at, Op.Linear linear, Shape x) {
        if (!x.isVector()) throw at.refuse("a flat input (put a flatten or a global pooling before it)", x);
        return Shape.vector(linear.features());
    }

    private static Shape pool(At at, Window window, Shape x, boolean ceil) {
        if (2 * window.padding().height() > window.kernel().height()
                || 2 * window.padding().width() > window.kernel().width()) {
            throw at.refuse(
                    "a padding of at most half its kernel " + window.kernel() + ", but it is " + window.padding(), x);
        }
        return slide(at, window, x, ceil);
    }

    private static Shape slide(At at, Window window, Shape x, boolean ceil) {
        if (!window.fits(x.size())) {
            throw at.refuse(
                    "an input of at least "
                            + new Size(
                                    window.extent().height()
                                            - 2 * window.padding().height(),
                                    window.extent().width()
                                            - 2 * window.padding().width())
                            + " for its kernel of " + window.kernel(),
                    x);
        }
        return x.withSize(ceil ? window.outputCeil(x.size()) : window.output(x.size()));
    }

    private static Shape radialBasis(At at, Op.RadialBasis rbf, Shape x) {
        var length = rbf.prototypes().getFirst().size();
        if (x.elements() != length) throw at.refuse(length + " values, as its prototypes have", x);
        return Shape.vector(rbf.prototypes().size());
    }

    private static Shape concat(At at, List<Shape> inputs) {
        var first = inputs.getFirst();
        var channels = 0;
        for (var x : inputs) {
            if (!x.size().equals(first.size())) throw at.refuse("inputs of one size " + first.size(), x);
            channels += x.channels();
        }
        return first.withChannels(channels);
    }

    private static Shape sum(At at, List<Shape> inputs) {
        for (var x : inputs) {
            if (!x.equals(inputs.getFirst())) throw at.refuse("inputs of one shape " + inputs.getFirst(), x);
        }
        return inputs.getFirst();
    }

    private static Shape slice(At at, Op.Slice slice, Shape x) {
        if (slice.from() < 0 || slice.to() > x.channels() || slice.from() >= slice.to()) {
            throw at.refuse("channels that include " + slice.from() + " to " + slice.to(), x);
        }
        return x.withChannels(slice.to() - slice.from());
    }

    private static Shape crop(At at, Op.Crop crop, Shape x, Shape size) {
        var height = crop.top() + size.height();
        var width = crop.left() + size.width();
        if (x.height() < height || x.width() < width) {
            throw at.refuse("an input of at least " + new Size(height, width) + ", to cut " + size.size() + " out", x);
        }
        return x.withSize(size.size());
    }

    private static Shape spaceToDepth(At at, Op.SpaceToDepth fold, Shape x) {
        var block = fold.block();
        if (x.height() % block != 0 || x.width() % block != 0) {
            throw at.refuse("a height and width that divide by " + block, x);
        }
        return new Shape(x.channels() * block * block, x.height() / block, x.width() / block);
    }

    private record At(Node node) {
        StriateException refuse(String expected, Shape received) {
            var kind = node.op().getClass().getSimpleName();
            return StriateException.network(
                    "Node '" + node.name() + "' (" + kind + ") expects " + expected + "; received " + received + ".");
        }
    }
}
