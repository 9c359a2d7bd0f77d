package dev.striate.graph;

import java.util.ArrayList;
import java.util.List;

/// The reading that gives what part of the picture a unit of each node sees, per axis.
///
/// It is the theoretical field, padding included, so it may reach over the picture's edges. Where branches join it is
/// the least field that covers all of them.
public record ReceptiveField(Axis vertical, Axis horizontal) {

    /// Along one axis: the pixels that a unit sees, the pixels between neighbouring units, and the first pixel that unit 0
    /// sees (negative in the padding). Behind an upsampling `jump` may be a fraction.
    public record Axis(double size, double jump, double start) {
        /// The place of unit 0's centre, in pixels from the first pixel's centre.
        public double centre() {
            return start + (size - 1) / 2;
        }

        /// `r + (extent − 1)·j`, jump `j·s`, start `−p·j` (the arithmetic of Dumoulin and Visin 2016, §2).
        private Axis slide(int extent, double stride, int padding) {
            return new Axis(size + (extent - 1) * jump, jump * stride, start - padding * jump);
        }

        /// A unit of a transposed convolution sees at most ⌈extent/s⌉ inputs.
        private Axis spread(int extent, int stride, int padding) {
            var first = Math.ceilDiv(padding - extent + 1, stride);
            return new Axis(
                    size + (Math.ceilDiv(extent, stride) - 1) * jump, jump / stride, start + first * jump);
        }

        private Axis cover(Axis other) {
            var from = Math.min(start, other.start);
            var to = Math.max(start + size, other.start + other.size);
            return new Axis(to - from, Math.max(jump, other.jump), from);
        }
    }

    /// Of the picture itself.
    public static final ReceptiveField PIXEL = new ReceptiveField(new Axis(1, 1, 0), new Axis(1, 1, 0));

    /// The receptive field of each node, in the order of the nodes.
    public static List<ReceptiveField> of(Network network) {
        var shapes = Shapes.of(network);
        var fields = new ArrayList<ReceptiveField>();
        for (var node : network.nodes()) {
            if (node.inputs().isEmpty()) {
                fields.add(PIXEL);
                continue;
            }
            var seen = node.reads().stream().map(fields::get).reduce(ReceptiveField::cover).orElseThrow();
            fields.add(seen.through(node.op(), shapes.get(node.inputs().getFirst()).size()));
        }
        return fields;
    }

    /// The pixels that a unit sees: height × width.
    public Size size() {
        return new Size((int) Math.ceil(vertical.size), (int) Math.ceil(horizontal.size));
    }

    private ReceptiveField cover(ReceptiveField other) {
        return new ReceptiveField(vertical.cover(other.vertical), horizontal.cover(other.horizontal));
    }

    private ReceptiveField through(Op op, Size input) {
        return switch (op) {
            case Op.Conv conv -> slide(conv.window());
            case Op.TableConv conv -> slide(conv.window());
            case Op.LocalConv conv -> slide(conv.window());
            case Op.TransposedConv conv -> spread(conv.window());
            case Op.MaxPool pool -> slide(pool.window());
            case Op.AvgPool pool -> slide(pool.window());
            case Op.LpPool pool -> slide(pool.window());
            case Op.AdaptiveAvgPool pool -> adapt(input, pool.output());
            case Op.Flatten _ -> slide(Window.of(input));
            case Op.RadialBasis _ -> slide(Window.of(input));
            case Op.Upsample up -> upsample(up);
            case Op.SpaceToDepth fold -> fold(fold.block());
            case Op.Pad pad -> pad(pad.top(), pad.left());
            case Op.Crop crop -> pad(-crop.top(), -crop.left());
            case Op.BatchNorm _ -> this;
            case Op.ChannelAffine _ -> this;
            case Op.Linear _ -> this; // its input is flat, so each value has seen all that this one sees
            case Op.Weightless _ -> this;
        };
    }

    private ReceptiveField slide(Window w) {
        return new ReceptiveField(
                vertical.slide(w.extent().height(), w.stride().height(), w.padding().height()),
                horizontal.slide(w.extent().width(), w.stride().width(), w.padding().width()));
    }

    private ReceptiveField spread(Window w) {
        return new ReceptiveField(
                vertical.spread(w.extent().height(), w.stride().height(), w.padding().height()),
                horizontal.spread(w.extent().width(), w.stride().width(), w.padding().width()));
    }

    private ReceptiveField adapt(Size input, Size output) {
        return new ReceptiveField(
                vertical.slide(widest(input.height(), output.height()), (double) input.height() / output.height(), 0),
                horizontal.slide(widest(input.width(), output.width()), (double) input.width() / output.width(), 0));
    }

    /// The largest of the areas ⌊i·n/m⌋ to ⌈(i+1)·n/m⌉ that m cells average over.
    private static int widest(int n, int m) {
        var widest = 1;
        for (var i = 0; i < m; i++) widest = Math.max(widest, Math.ceilDiv((i + 1) * n, m) - i * n / m);
        return widest;
    }

    private ReceptiveField upsample(Op.Upsample up) {
        var neighbours = up.interpolation() == Op.Interpolation.BILINEAR && up.factor() > 1 ? 1 : 0;
        var stride = 1.0 / up.factor();
        return new ReceptiveField(
                vertical.slide(1 + neighbours, stride, neighbours),
                horizontal.slide(1 + neighbours, stride, neighbours));
    }

    private ReceptiveField fold(int block) {
        return new ReceptiveField(vertical.slide(block, block, 0), horizontal.slide(block, block, 0));
    }

    private ReceptiveField pad(int top, int left) {
        return new ReceptiveField(vertical.slide(1, 1, top), horizontal.slide(1, 1, left));
    }
}
