package dev.striate.darknet;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import dev.striate.text.Listing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Takes a network apart into Darknet's layers: what stands behind a convolution there as a node of its own
/// (normalisation, activation) is part of the layer, and a node that does not read the layer before gets a route
/// ahead of it.
final class NetworkToCfg {
    private static final int NONE = -1;

    private final Network network;
    private final List<Shape> shapes;
    private final List<Block> blocks = new ArrayList<>();
    private final int[] readers;
    private final int[] layerOf;
    private int previous;

    private NetworkToCfg(Network network) {
        this.network = network;
        shapes = Shapes.of(network);
        readers = new int[shapes.size()];
        network.nodes().forEach(node -> node.inputs().forEach(input -> readers[input]++));
        network.outputs().values().forEach(output -> readers[output]++);
        layerOf = new int[shapes.size()];
        Arrays.fill(layerOf, NONE);
    }

    /// The layers of a network; refuses, by name, a node that Darknet has no layer for.
    static List<Block> blocks(Network network) {
        var disassembly = new NetworkToCfg(network);
        for (var i = 1; i < network.nodes().size();) i = disassembly.take(i);
        return disassembly.checkOutputs();
    }

    /// Takes the layer that starts at this node, and gives the node after it.
    private int take(int i) {
        var node = network.nodes().get(i);
        return switch (node.op()) {
            case Op.Conv conv -> layer(i, conv.bias(), (normalized, activation) -> convolutional(node, conv, normalized,
                    activation));
            case Op.Linear linear -> layer(i, linear.bias(),
                    (normalized, activation) -> new Block.Connected(linear.features(), normalized, activation));
            case Op.LocalConv local -> layer(i, true, (_, activation) -> new Block.Local(local.filters(),
                    kernel(node, local.window()), stride(node, local.window()), padding(node, local.window()),
                    activation));
            case Op.MaxPool pool -> simple(i, maxpool(node, pool));
            case Op.Pad pad -> padded(i, pad);
            case Op.AdaptiveAvgPool(Size size) when size.equals(Size.ONE) -> simple(i, new Block.Avgpool());
            case Op.Dropout dropout -> simple(i, new Block.Dropout(dropout.rate()));
            case Op.Softmax _ -> simple(i, new Block.Softmax(!shapes.get(i).isVector()));
            case Op.TreeLogits(var parents, var threshold) -> simple(i, new Block.TreeSoftmax(parents, threshold));
            case Op.Upsample up when up.interpolation() == Op.Interpolation.NEAREST ->
                simple(i, new Block.Upsample(up.factor()));
            case Op.SpaceToDepth fold when fold.order() == Op.BlockOrder.DARKNET ->
                simple(i, new Block.Reorg(fold.block()));
            case Op.Detection detection -> simple(i, new Block.Output(detection.kind(),
                    new TreeMap<>(detection.settings())));
            case Op.Flatten _ -> flatten(i);
            case Op.Concat _ -> emit(i, new Block.Route(node.inputs().stream().map(this::reference).toList(), 1, 0));
            case Op.Slice slice -> slice(i, slice);
            case Op.PadChannels pad when pad.before() == 0 && addedTo(i) -> i + 1;
            case Op.AvgPool pool when subsamples(i, pool.window()) && addedTo(i) -> i + 1;
            case Op.Add _ -> shortcut(i);
            case Op.Weightless _ -> throw refuse(node);
            case Op.BatchNorm _ -> throw refuse(node);
            case Op.TransposedConv _ -> throw refuse(node);
            case Op.TableConv _ -> throw refuse(node);
            case Op.ChannelAffine _ -> throw refuse(node);
        };
    }

    private interface Layer {
        Block of(boolean normalized, Activation activation);
    }

    /// A layer with its normalisation, if it has one, and its activation, if one follows.
    private int layer(int i, boolean bias, Layer layer) {
        enter(network.nodes().get(i).inputs().getFirst());
        var end = i;
        var normalized = !bias && follower(end).filter(op -> op instanceof Op.BatchNorm).isPresent();
        if (!bias && !normalized) throw refuse(network.nodes().get(i));
        if (normalized) end++;
        var activation = follower(end).flatMap(Activation::of);
        if (activation.isPresent()) end++;
        return emit(end, layer.of(normalized, activation.orElse(Activation.LINEAR)));
    }

    private int simple(int i, Block block) {
        enter(network.nodes().get(i).inputs().getFirst());
        return emit(i, block);
    }

    private int padded(int i, Op.Pad pad) {
        var node = network.nodes().get(i);
        var uneven = pad.bottom() - pad.top();
        if (follower(i).orElse(null) instanceof Op.MaxPool pool && pool.window().padding().equals(Size.ZERO)
                && pad.value() == Double.NEGATIVE_INFINITY && pad.top() == pad.left() && pad.bottom() == pad.right()
                && (uneven == 0 || uneven == 1) && !pool.ceil()) {
            enter(node.inputs().getFirst());
            return emit(i + 1, new Block.Maxpool(kernel(node, pool.window()), stride(node, pool.window()),
                    pad.top() + pad.bottom()));
        }
        throw refuse(node);
    }

    /// Darknet's layers read a picture as a vector by themselves.
    private int flatten(int i) {
        var node = network.nodes().get(i);
        if (!isLast(i) && follower(i).filter(NetworkToCfg::readsVector).isEmpty()) throw refuse(node);
        enter(node.inputs().getFirst());
        layerOf[i] = layerOf[previous];
        previous = i;
        return i + 1;
    }

    private static boolean readsVector(Op op) {
        return op instanceof Op.Linear || op instanceof Op.Softmax || op instanceof Op.Dropout
                || op instanceof Op.TreeLogits;
    }

    private boolean isLast(int i) {
        return i + 1 == network.nodes().size();
    }

    private int slice(int i, Op.Slice slice) {
        if (slice.from() == 0 && addedTo(i)) return i + 1;
        var node = network.nodes().get(i);
        var channels = shapes.get(node.inputs().getFirst()).channels();
        var size = slice.to() - slice.from();
        if (channels % size != 0 || slice.from() % size != 0) throw refuse(node);
        return emit(i, new Block.Route(List.of(reference(node.inputs().getFirst())), channels / size,
                slice.from() / size));
    }

    private int shortcut(int i) {
        var others = new ArrayList<>(network.nodes().get(i).inputs());
        var main = others.contains(previous) ? Integer.valueOf(previous)
                : others.stream()
                        .filter(input -> layerOf[input] != NONE)
                        .findFirst()
                        .orElseThrow(() -> refuse(network.nodes().get(i)));
        others.remove(main);
        enter(main);
        var from = others.stream().map(this::unfitted).map(this::reference).toList();
        var activation = follower(i).flatMap(Activation::of);
        return emit(activation.isPresent() ? i + 1 : i,
                new Block.Shortcut(from, activation.orElse(Activation.LINEAR)));
    }

    /// What a shortcut reads: Darknet's fits size and channels by itself.
    private int unfitted(int input) {
        return layerOf[input] == NONE && input > 0 ? unfitted(network.nodes().get(input).inputs().getFirst()) : input;
    }

    /// Whether a pooling takes the rows and columns that Darknet's shortcut would.
    private boolean subsamples(int i, Window window) {
        var x = shapes.get(network.nodes().get(i).inputs().getFirst());
        var step = x.width() / shapes.get(i).width();
        return window.equals(Window.of(1).withStride(Size.square(step)));
    }

    private boolean addedTo(int i) {
        if (readers[i] != 1) return false;
        for (var reader = i + 1; reader < network.nodes().size(); reader++) {
            var node = network.nodes().get(reader);
            if (!node.inputs().contains(i)) continue;
            return node.op() instanceof Op.Add || node.op() instanceof Op.PadChannels && addedTo(reader)
                    || node.op() instanceof Op.Slice && addedTo(reader);
        }
        return false;
    }

    /// The operation of the next node, where that reads this node and nothing else does.
    private Optional<Op> follower(int i) {
        if (i + 1 >= network.nodes().size() || readers[i] != 1) return Optional.empty();
        var next = network.nodes().get(i + 1);
        return next.inputs().equals(List.of(i)) ? Optional.of(next.op()) : Optional.empty();
    }

    /// Makes `input` the output of the layer before.
    private void enter(int input) {
        if (input == previous) return;
        blocks.add(new Block.Route(List.of(reference(input)), 1, 0));
        previous = input;
    }

    /// How the next layer names the layer that this node is the output of.
    private int reference(int node) {
        if (layerOf[node] == NONE) throw refuse(network.nodes().get(node));
        return layerOf[node] - blocks.size();
    }

    private int emit(int output, Block block) {
        layerOf[output] = blocks.size();
        blocks.add(block);
        previous = output;
        return output + 1;
    }

    private List<Block> checkOutputs() {
        var outputs = network.outputs().values();
        var isDetector = outputs.stream().allMatch(i -> network.nodes().get(i).op() instanceof Op.Detection);
        if (isDetector || outputs.stream().allMatch(i -> i == previous)) return blocks;
        throw StriateException.network("Darknet's networks end at their last layer or at detectors; " + network.name()
                + " has the outputs " + Listing.some(network.outputs().keySet(), 5) + ".");
    }

    private Block convolutional(Node node, Op.Conv conv, boolean normalized, Activation activation) {
        return new Block.Convolutional(conv.filters(), kernel(node, conv.window()), stride(node, conv.window()),
                padding(node, conv.window()), conv.groups(), normalized, activation);
    }

    private Block maxpool(Node node, Op.MaxPool pool) {
        var stride = stride(node, pool.window());
        if (pool.ceil() && stride != 2) throw refuse(node);
        return new Block.Maxpool(kernel(node, pool.window()), stride,
                2 * padding(node, pool.window()) + (pool.ceil() ? 1 : 0));
    }

    private int kernel(Node node, Window window) {
        if (!window.dilation().equals(Size.ONE)) throw refuse(node);
        return square(node, window.kernel());
    }

    private int stride(Node node, Window window) {
        return square(node, window.stride());
    }

    private int padding(Node node, Window window) {
        return square(node, window.padding());
    }

    private int square(Node node, Size size) {
        if (size.height() != size.width()) throw refuse(node);
        return size.height();
    }

    private StriateException refuse(Node node) {
        return StriateException.network(
                "Darknet has no layer for the node '" + node.name() + "' of " + network.name() + ", "
                        + Listing.shortened(node.op().toString()) + ".");
    }
}
