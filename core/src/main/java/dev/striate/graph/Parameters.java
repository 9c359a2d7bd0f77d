package dev.striate.graph;

import dev.striate.graph.Parameter.Role;
import java.util.ArrayList;
import java.util.List;

/// The reading that gives the tensors a network needs, in the order of a PyTorch state dict.
public final class Parameters {
    private Parameters() {}

    public static List<Parameter> of(Network network) {
        var shapes = Shapes.of(network);
        var parameters = new ArrayList<Parameter>();
        for (var i : listing(network.nodes())) {
            var node = network.nodes().get(i);
            if (node.inputs().isEmpty()) continue;
            var list = new Collector(node.name(), i, parameters);
            collect(list, node.op(), shapes.get(node.inputs().getFirst()), shapes.get(i));
        }
        return parameters;
    }

    /// The nodes' own order, but for the projections of pre-activated shortcuts: timm lists them ahead of their block's
    /// first normalisation, whose output they read.
    private static List<Integer> listing(List<Node> nodes) {
        var names = nodes.stream().map(Node::name).toList();
        var listing = new ArrayList<Integer>();
        for (var i = 0; i < nodes.size(); i++) {
            var suffix = names.get(i).indexOf(".downsample.");
            var norm = suffix < 0 ? -1 : names.indexOf(names.get(i).substring(0, suffix) + ".norm1");
            if (norm >= 0 && norm < i) listing.add(listing.indexOf(norm), i);
            else listing.add(i);
        }
        return listing;
    }

    private static void collect(Collector list, Op op, Shape x, Shape y) {
        switch (op) {
            case Op.Conv(int filters, Window window, int groups, boolean bias) -> {
                list.weight(filters, x.channels() / groups, window.kernel().height(), window.kernel().width());
                if (bias) list.bias(filters);
            }
            case Op.TransposedConv(int filters, Window window, Size _, int groups, boolean bias, var from) -> {
                list.add("weight", from == Op.Filters.FIXED_BILINEAR ? Role.FIXED_WEIGHT : Role.WEIGHT, x.channels(),
                        filters / groups, window.kernel().height(), window.kernel().width());
                if (bias) list.bias(filters);
            }
            case Op.TableConv conv -> {
                var kernel = conv.window().kernel();
                list.weight(conv.connections(), kernel.height(), kernel.width());
                list.bias(conv.table().size());
            }
            case Op.LocalConv(int filters, Window window) -> {
                list.weight(y.size().area(), filters, x.channels() * window.kernel().area());
                list.bias(filters, y.height(), y.width());
            }
            case Op.Linear(int features, boolean bias) -> {
                list.weight(features, x.channels());
                if (bias) list.bias(features);
            }
            case Op.BatchNorm _ -> {
                list.scaleAndShift(x.channels());
                list.add("running_mean", Role.RUNNING_MEAN, x.channels());
                list.add("running_var", Role.RUNNING_VARIANCE, x.channels());
            }
            case Op.ChannelAffine _ -> list.scaleAndShift(x.channels());
            case Op.Weightless _ -> {
            }
        }
    }

    private record Collector(String node, int index, List<Parameter> list) {
        void add(String suffix, Role role, Integer... shape) {
            list.add(new Parameter(node + "." + suffix, List.of(shape), role, index));
        }

        void weight(Integer... shape) {
            add("weight", Role.WEIGHT, shape);
        }

        void bias(Integer... shape) {
            add("bias", Role.BIAS, shape);
        }

        void scaleAndShift(int channels) {
            add("weight", Role.NORM_SCALE, channels);
            add("bias", Role.NORM_SHIFT, channels);
        }
    }
}
