package dev.striate.darknet;

import static dev.striate.graph.Options.groups;
import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;

import dev.striate.StriateException;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Options.ConvOption;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Builds a network from Darknet's layers, one after the other. Layer i's main node is `layer<i>`; what comes with it
/// has a suffix: `.bn`, `.activation`, `.pad`, `.flatten`, `.group<n>`, `.size<n>`, `.channels<n>`.
final class CfgToNetwork {
    /// Darknet's running statistics move by a hundredth towards each batch's (`forward_batchnorm_layer`).
    private static final double MOMENTUM = 0.01;
    private static final Op NORMALISATION = new Op.BatchNorm(DarknetWeights.EPSILON, MOMENTUM,
            Op.BatchVariance.DARKNET);

    private final List<Layer> layers = new ArrayList<>();
    private final LinkedHashMap<String, Layer> outputs = new LinkedHashMap<>();
    private Layer last;

    CfgToNetwork(Shape input) {
        last = Layer.input(input);
    }

    /// Adds the next layer; refuses one that does not fit those before.
    void add(Block block) {
        var name = "layer" + layers.size();
        last = switch (block) {
            case Block.Convolutional conv -> convolutional(name, conv);
            case Block.Maxpool pool -> maxpool(name, pool);
            case Block.Avgpool _ -> last.at(name).globalAvgPool();
            case Block.Connected connected -> connected(name, connected);
            case Block.Local local -> local.activation().after(
                    last.at(name).then(new Op.LocalConv(local.filters(),
                            window(local.size(), local.stride(), local.padding()))),
                    name);
            case Block.Dropout dropout -> last.at(name).dropout(dropout.probability());
            case Block.Softmax softmax -> (softmax.spatial() ? last : flat(name)).at(name).softmax();
            case Block.TreeSoftmax(var parents, var threshold) ->
                flat(name).at(name).then(new Op.TreeLogits(parents, threshold));
            case Block.Route route -> route(name, route);
            case Block.Shortcut shortcut -> shortcut(name, shortcut);
            case Block.Upsample upsample -> last.at(name).upsample(upsample.stride(), Op.Interpolation.NEAREST);
            case Block.Reorg reorg -> last.at(name).then(new Op.SpaceToDepth(reorg.stride(), Op.BlockOrder.DARKNET));
            case Block.Crop _ -> crop();
            case Block.Output output -> output(name, output);
            case Block.Cost _ -> last;
        };
        layers.add(last);
    }

    /// The network to the detectors' outputs, or where there is none to the last layer; refuses a layer that leads to
    /// no output, since its weights would be missed in the file.
    Network network(String name) {
        var others = new LinkedHashMap<>(outputs);
        var main = others.pollFirstEntry();
        var network = main == null ? last.network(name) : main.getValue().network(name, others);
        var names = network.nodes().stream().map(Node::name).toList();
        for (var i = 0; i < layers.size(); i++) {
            if (names.contains(layers.get(i).name())) continue;
            throw StriateException.network(name + ": layer " + i + " leads to no output.");
        }
        return network;
    }

    /// For each of Darknet's layers the name of the node that gives its output.
    List<String> nodes() {
        return layers.stream().map(Layer::name).toList();
    }

    private Layer convolutional(String name, Block.Convolutional conv) {
        var options = new ArrayList<ConvOption>(
                List.of(stride(conv.stride()), pad(conv.padding()), groups(conv.groups())));
        if (conv.batchNormalize()) options.add(noBias());
        var x = last.at(name).conv(conv.filters(), conv.size(), options.toArray(ConvOption[]::new));
        return normalized(x, name, conv.batchNormalize(), conv.activation());
    }

    private static Layer normalized(Layer x, String name, boolean batchNormalize, Activation activation) {
        var y = batchNormalize ? x.at(name + ".bn").then(NORMALISATION) : x;
        return activation.after(y, name);
    }

    private Layer connected(String name, Block.Connected connected) {
        var x = flat(name).at(name).then(new Op.Linear(connected.output(), !connected.batchNormalize()));
        return normalized(x, name, connected.batchNormalize(), connected.activation());
    }

    private Layer flat(String name) {
        return last.shape().isVector() ? last : last.at(name + ".flatten").flatten();
    }

    /// Darknet's output side is `(n + padding − size)/stride + 1`, the smaller half of the padding comes first, and
    /// padding never wins. Where an ordinary pooling does the same, that is used; else the picture is padded with −∞
    /// ahead of it.
    private Layer maxpool(String name, Block.Maxpool pool) {
        var before = pool.padding() / 2;
        var fits = pool.padding() <= pool.size();
        if (fits && pool.padding() % 2 == 0) {
            return last.at(name).then(new Op.MaxPool(window(pool.size(), pool.stride(), before), false));
        }
        if (fits && pool.stride() == 2) {
            return last.at(name).then(new Op.MaxPool(window(pool.size(), pool.stride(), before), true));
        }
        var after = pool.padding() - before;
        return last.at(name + ".pad")
                .then(new Op.Pad(before, before, after, after, Double.NEGATIVE_INFINITY))
                .at(name)
                .then(new Op.MaxPool(window(pool.size(), pool.stride(), 0), false));
    }

    private static Window window(int size, int stride, int padding) {
        return new Window(Size.square(size), Size.square(stride), Size.square(padding), Size.ONE);
    }

    private Layer route(String name, Block.Route route) {
        var inputs = new ArrayList<Layer>();
        for (var layer : route.layers()) {
            var x = at(layer);
            inputs.add(route.groups() == 1 ? x : group(x, name + ".group" + inputs.size(), route));
        }
        var first = inputs.removeFirst();
        return inputs.isEmpty() ? first : first.at(name).concat(inputs.toArray(Layer[]::new));
    }

    private static Layer group(Layer x, String name, Block.Route route) {
        var channels = x.shape().channels();
        if (channels % route.groups() != 0) {
            throw StriateException
                    .network("The " + channels + " channels of a route do not divide into " + route.groups()
                            + " groups.");
        }
        var size = channels / route.groups();
        return x.at(name).then(new Op.Slice(route.group() * size, (route.group() + 1) * size));
    }

    /// The sum has the shape of the layer before: of a larger picture Darknet takes every so many rows and columns,
    /// and it adds as many channels as both have (`shortcut_cpu`).
    private Layer shortcut(String name, Block.Shortcut shortcut) {
        var others = new ArrayList<Layer>();
        for (var layer : shortcut.from()) {
            var x = withSize(at(layer), name + ".size" + others.size(), last.shape().width());
            others.add(withChannels(x, name + ".channels" + others.size(), last.shape().channels()));
        }
        return shortcut.activation().after(last.at(name).add(others.toArray(Layer[]::new)), name);
    }

    private static Layer withSize(Layer x, String name, int width) {
        var step = x.shape().width() / width;
        return step <= 1 ? x : x.at(name).avgPool(1, stride(step));
    }

    private static Layer withChannels(Layer x, String name, int channels) {
        var has = x.shape().channels();
        if (has == channels) return x;
        return x.at(name).then(has > channels ? new Op.Slice(0, channels) : new Op.PadChannels(0, channels - has));
    }

    private Layer at(int layer) {
        var index = layer < 0 ? layers.size() + layer : layer;
        if (index < 0 || index >= layers.size()) {
            throw StriateException.network("Layer " + layers.size() + " expects to read an earlier layer; received "
                    + layer + ".");
        }
        return layers.get(index);
    }

    /// As the first layer, cropping is preprocessing: the network starts behind it.
    private Layer crop() {
        if (layers.isEmpty()) return last;
        throw StriateException.network("A crop runs only as the first layer; this is layer " + layers.size() + ".");
    }

    private Layer output(String name, Block.Output output) {
        var x = last.at(name).then(new Op.Detection(output.kind(), output.settings()));
        outputs.put(name, x);
        return x;
    }
}
