package dev.striate.vision.localise;

import dev.striate.box.Box;
import dev.striate.data.picture.Affine;
import dev.striate.graph.Outputs;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;

/// What the outputs of a network that localises say of the pictures of a batch.
///
/// @param input the network's
record Boxes(float[] scores, float[] boxes, int classes, Shape input) {
    static Boxes of(Outputs outputs, int classes, Shape input) {
        return new Boxes(outputs.main(), outputs.values().lastEntry().getValue(), classes, input);
    }

    /// The likeliest class.
    int label(int picture) {
        var best = 0;
        for (var k = 1; k < classes; k++) if (score(picture, k) > score(picture, best)) best = k;
        return best;
    }

    double probability(int picture, int label) {
        return Math.exp(score(picture, label) - logSumExp(picture));
    }

    /// `−log` of the probability of a class.
    double surprise(int picture, int label) {
        return logSumExp(picture) - score(picture, label);
    }

    private double logSumExp(int picture) {
        var largest = score(picture, label(picture));
        var sum = 0.0;
        for (var k = 0; k < classes; k++) sum += Math.exp(score(picture, k) - largest);
        return largest + Math.log(sum);
    }

    private float score(int picture, int label) {
        return scores[picture * classes + label];
    }

    /// The box that goes with a class, on the picture itself.
    ///
    /// @param placement where the picture's points lie in the input
    Box box(int picture, int label, Affine placement, Size size) {
        var each = boxes.length / (scores.length / classes);
        var at = picture * each + (each == BoxHead.COORDINATES ? 0 : BoxHead.COORDINATES * label);
        var seen = Box.around(boxes[at] * (double) input.width(), boxes[at + 1] * (double) input.height(),
                Math.max(0, boxes[at + 2] * (double) input.width()),
                Math.max(0, boxes[at + 3] * (double) input.height()));
        return placement.inverse().of(seen).clipped(size.width(), size.height());
    }
}
