package dev.striate.onnx;

import static dev.striate.onnx.Attributes.integer;
import static dev.striate.onnx.Attributes.integers;
import static dev.striate.onnx.Attributes.real;

import dev.striate.graph.Op;
import java.util.List;

/// Normalisations, over a batch's statistics or over neighbouring channels.
final class NormNodes {
    private NormNodes() {}

    static Value batch(NodeWriter at, Op.BatchNorm norm) {
        return at.putAlike("BatchNormalization", List.of(at.parameter("weight"), at.parameter("bias"),
                at.parameter("running_mean"), at.parameter("running_var")), real("epsilon", norm.epsilon()));
    }

    static Value affine(NodeWriter at) {
        var scaled = at.aside("scaled", "Mul", List.of(at.input(), at.parameter("weight", at.perChannel())));
        return at.alike("Add", List.of(scaled, at.parameter("bias", at.perChannel())));
    }

    /// ONNX divides α by the size, and runtimes know odd sizes only.
    static Value localResponse(NodeWriter at, Op.LocalResponseNorm norm) {
        if (norm.size() % 2 == 0) return evenLocalResponse(at, norm);
        return at.put("LRN", List.of(at.picture()), integer("size", norm.size()),
                real("alpha", norm.alpha() * norm.size()), real("beta", norm.beta()), real("bias", norm.k()));
    }

    /// The neighbours' squares are summed by a 1×1 convolution with a band of ones.
    private static Value evenLocalResponse(NodeWriter at, Op.LocalResponseNorm norm) {
        var channels = at.x().channels();
        var band = new float[channels * channels];
        for (var i = 0; i < channels; i++) {
            var first = i - norm.size() / 2;
            for (var j = Math.max(0, first); j < Math.min(channels, first + norm.size()); j++) {
                band[i * channels + j] = (float) norm.alpha();
            }
        }
        var x = at.picture();
        var squares = at.aside("squares", "Mul", List.of(x, x));
        var sums = at.aside("sums", "Conv",
                List.of(squares, at.floats("band", List.of(channels, channels, 1, 1), band)));
        var shifted = at.aside("shifted", "Add", List.of(sums, at.number("k", norm.k())));
        var power = at.aside("power", "Pow", List.of(shifted, at.number("beta", norm.beta())));
        return at.put("Div", List.of(x, power));
    }

    static Value length(NodeWriter at, Op.L2Norm norm) {
        var length = at.aside("length", "ReduceL2", List.of(at.input()), integers("axes", 1), integer("keepdims", 1));
        var divisor = at.aside("divisor", "Max", List.of(length, at.number("epsilon", norm.epsilon())));
        return at.putAlike("Div", List.of(divisor));
    }
}
