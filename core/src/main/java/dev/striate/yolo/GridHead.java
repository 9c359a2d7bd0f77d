package dev.striate.yolo;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import java.util.List;

/// YOLO v1's output (Redmon et al. 2016, §2): a flat vector of, for each cell of a grid, the classes' probabilities, then for
/// each cell and box the confidence, then the boxes.
///
/// @param side cells on a side
/// @param boxes for each cell
/// @param roots whether width and height are predicted as their square roots
/// @param rescore whether the confidence learns the overlap of its box instead of 1
/// @param softmax whether the classes of a cell are shares of 1
public record GridHead(int side, int boxes, int classes, boolean roots, boolean rescore, boolean softmax,
        RegionHead.Scales scales) implements YoloHead {
    static final int COORDINATES = 4;

    static GridHead of(Settings settings) {
        if (settings.whole("coords", COORDINATES) != COORDINATES) {
            throw StriateException.network("A [detection] layer expects 4 coords; received " + settings.text("coords")
                    + ".");
        }
        return new GridHead(settings.atLeastOne("side", 7), settings.atLeastOne("num", 1),
                settings.atLeastOne("classes", 1), settings.flag("sqrt", false), settings.flag("rescore", false),
                settings.flag("softmax", false), RegionHead.Scales.of(settings));
    }

    @Override
    public int channels() {
        return cells() * (classes + boxes * (1 + COORDINATES));
    }

    int cells() {
        return side * side;
    }

    /// Where the probability of a cell's first class stands.
    int classAt(int picture, int cell) {
        return picture * channels() + cell * classes;
    }

    int confidenceAt(int picture, int cell, int box) {
        return picture * channels() + cells() * classes + cell * boxes + box;
    }

    int boxAt(int picture, int cell, int box) {
        return picture * channels() + cells() * (classes + boxes) + (cell * boxes + box) * COORDINATES;
    }

    /// A side as a share of the input's.
    double side(float value) {
        return roots ? (double) value * value : value;
    }

    @Override
    public void decode(float[] values, int picture, Size map, Size input, double threshold, Candidates found) {
        for (var cell = 0; cell < cells(); cell++) {
            var shares = shares(values, picture, cell);
            for (var box = 0; box < boxes; box++) {
                var confidence = values[confidenceAt(picture, cell, box)];
                var at = boxAt(picture, cell, box);
                found.from(cell, box);
                for (var k = 0; k < classes; k++) {
                    var score = confidence * shares[k];
                    if (score <= threshold) continue;
                    found.add((cell % side + values[at]) / (double) side * input.width(),
                            (cell / side + values[at + 1]) / (double) side * input.height(),
                            side(values[at + 2]) * input.width(), side(values[at + 3]) * input.height(), k, score);
                }
            }
        }
    }

    double[] shares(float[] values, int picture, int cell) {
        var shares = new double[classes];
        var sum = 0.0;
        for (var k = 0; k < classes; k++) {
            var value = values[classAt(picture, cell) + k];
            shares[k] = softmax ? Math.exp(value) : value;
            sum += shares[k];
        }
        for (var k = 0; softmax && k < classes; k++) shares[k] /= sum;
        return shares;
    }

    @Override
    public HeadLoss loss(float[] values, Size map, Size input, List<Truths> truths, long seen) {
        return new GridLoss(this, values).of(Truths.objects(truths));
    }
}
