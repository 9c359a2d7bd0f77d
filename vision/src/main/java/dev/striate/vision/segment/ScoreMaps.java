package dev.striate.vision.segment;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;

/// The last layers of a network for segmentation: convolutions that score each class at each place, and what brings their
/// scores to the picture's size and adds them up.
final class ScoreMaps {
    private ScoreMaps() {}

    /// The network for another number of classes: each convolution that scores gets another width, and needs fresh weights.
    static Network withClasses(Network network, int classes) {
        return withClasses(network, network, network.output(), classes);
    }

    private static Network withClasses(Network changed, Network network, int index, int classes) {
        var node = network.nodes().get(index);
        return switch (node.op()) {
            case Op.Conv conv -> changed.withOp(node.name(),
                    new Op.Conv(classes, conv.window(), conv.groups(), conv.bias()));
            case Op.TransposedConv conv -> {
                var grouped = conv.groups() > 1 ? classes : 1;
                var wider = new Op.TransposedConv(classes, conv.window(), conv.outputPadding(), grouped, conv.bias(),
                        conv.from());
                yield withClasses(changed.withOp(node.name(), wider), network, node.inputs().getFirst(), classes);
            }
            case Op.Add _ -> {
                var all = changed;
                for (var input : node.inputs()) all = withClasses(all, network, input, classes);
                yield all;
            }
            case Op.Crop _,Op.Upsample _,Op.Scale _,Op.Dropout _ ->
                withClasses(changed, network, node.inputs().getFirst(), classes);
            default ->
                throw StriateException.network("A network for segmentation was expected, whose last layers score "
                        + "classes at each place and enlarge the scores; in " + network.name() + " '" + node.name()
                        + "' is among them, " + node.op() + ".");
        };
    }

    /// Refuses a network that does not score each class at each pixel of its input.
    static void check(Network network, int classes) {
        var output = Shapes.of(network).get(network.output());
        var expected = network.input().withChannels(classes);
        if (!output.equals(expected)) throw refuse(network, output, expected);
    }

    private static StriateException refuse(Network network, Shape output, Shape expected) {
        return StriateException
                .network("Segmentation of " + expected.channels() + " classes expects a network that gives "
                        + expected + ", a map as large as its input, as fcn8s_small does; " + network.name() + " gives "
                        + output + ".");
    }
}
