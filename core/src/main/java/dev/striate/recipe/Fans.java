package dev.striate.recipe;

import dev.striate.graph.Op;
import dev.striate.graph.Parameter;
import java.util.List;

/// How many values a unit of a layer reads, and how many units read one value; for a table convolution the mean.
record Fans(double in, double out) {

    /// The fans of a layer by its operation and its weight.
    static Fans of(Op op, Parameter weight) {
        var shape = weight.shape();
        return switch (op) {
            case Op.Conv conv -> kernel(conv.groups(), shape);
            case Op.TransposedConv conv -> kernel(conv.groups(), shape).reversed();
            case Op.TableConv conv -> table(conv);
            case Op.LocalConv conv -> local(conv, shape);
            case Op.Linear _ -> new Fans(shape.get(1), shape.get(0));
            case Op.BatchNorm _ -> new Fans(1, 1);
            case Op.ChannelAffine _ -> new Fans(1, 1);
            case Op.Weightless _ -> new Fans(1, 1);
        };
    }

    /// Of a weight out × in/groups × kh × kw: each value is read by the filters of its own group.
    private static Fans kernel(int groups, List<Integer> shape) {
        var area = shape.get(2) * shape.get(3);
        return new Fans((double) shape.get(1) * area, (double) shape.get(0) / groups * area);
    }

    private static Fans table(Op.TableConv conv) {
        var channels = conv.table().stream().flatMap(List::stream).distinct().count();
        var taps = (double) conv.connections() * conv.window().kernel().area();
        return new Fans(taps / conv.table().size(), taps / channels);
    }

    /// Of a weight places × filters × inputs.
    private static Fans local(Op.LocalConv conv, List<Integer> shape) {
        return new Fans(shape.get(2), (double) conv.filters() * conv.window().kernel().area());
    }

    /// A transposed convolution stores its kernel the other way round.
    private Fans reversed() {
        return new Fans(out, in);
    }
}
