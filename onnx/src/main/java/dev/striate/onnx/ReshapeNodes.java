package dev.striate.onnx;

import static dev.striate.onnx.Attributes.integer;
import static dev.striate.onnx.Attributes.text;

import dev.striate.graph.Op;
import java.util.List;

/// What moves values without computing any.
final class ReshapeNodes {
    private ReshapeNodes() {}

    static Value flatten(NodeWriter at) {
        if (at.isFlat()) return at.inputs().getFirst();
        return at.putFlat("Flatten", List.of(at.input()), integer("axis", 1));
    }

    static Value concat(NodeWriter at) {
        return at.isFlat()
                ? at.putFlat("Concat", at.inputs().stream().map(Value::name).toList(), integer("axis", 1))
                : at.put("Concat", at.pictures(), integer("axis", 1));
    }

    static Value slice(NodeWriter at, Op.Slice slice) {
        return at.putAlike("Slice",
                List.of(at.longs("from", slice.from()), at.longs("to", slice.to()), at.longs("axes", 1)));
    }

    /// Between pixel centres for bilinear, as PyTorch without `align_corners`.
    static Value upsample(NodeWriter at, Op.Upsample upsample) {
        var factor = upsample.factor();
        var inputs = List.of(at.picture(), "", at.floats("scales", List.of(4), 1, 1, factor, factor));
        return switch (upsample.interpolation()) {
            case NEAREST -> at.put("Resize", inputs, text("mode", "nearest"), text("nearest_mode", "floor"),
                    text("coordinate_transformation_mode", "asymmetric"));
            case BILINEAR -> at.put("Resize", inputs, text("mode", "linear"),
                    text("coordinate_transformation_mode", "half_pixel"));
        };
    }

    static Value spaceToDepth(NodeWriter at, Op.SpaceToDepth fold) {
        var block = integer("blocksize", fold.block());
        return switch (fold.order()) {
            case BLOCK_FIRST -> at.put("SpaceToDepth", List.of(at.picture()), block);
            case DARKNET -> {
                var whole = at.aside("whole", "Reshape", List.of(at.picture(), darknetShape(at, fold)));
                var folded = at.aside("folded", "SpaceToDepth", List.of(whole), block);
                yield at.put("Reshape", List.of(folded,
                        at.longs("shape", 0, at.y().channels(), at.y().height(), at.y().width())));
            }
        };
    }

    /// Darknet reads its input as if it had fewer channels and was larger.
    private static String darknetShape(NodeWriter at, Op.SpaceToDepth fold) {
        var x = at.x();
        var squares = fold.block() * fold.block();
        if (x.channels() % squares != 0) {
            throw at.refuse("Darknet's order takes channels that divide by " + squares + "; received " + x);
        }
        return at.longs("whole.shape", 0, x.channels() / squares, x.height() * fold.block(), x.width() * fold.block());
    }

    static Value pad(NodeWriter at, Op.Pad pad) {
        return at.put("Pad", List.of(at.picture(),
                at.longs("pads", 0, 0, pad.top(), pad.left(), 0, 0, pad.bottom(), pad.right()),
                at.number("value", pad.value())));
    }

    static Value crop(NodeWriter at, Op.Crop crop) {
        var y = at.y();
        return at.put("Slice", List.of(at.picture(), at.longs("from", crop.top(), crop.left()),
                at.longs("to", crop.top() + y.height(), crop.left() + y.width()), at.longs("axes", 2, 3)));
    }

    static Value padChannels(NodeWriter at, Op.PadChannels pad) {
        return at.put("Pad",
                List.of(at.picture(), at.longs("pads", 0, pad.before(), 0, 0, 0, pad.after(), 0, 0)));
    }
}
