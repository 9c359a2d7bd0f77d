package dev.striate.vision.rcnn;

import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.detect.NonMaximumSuppression;
import dev.striate.graph.Outputs;
import dev.striate.graph.Size;
import dev.striate.region.BoxEncoding;
import dev.striate.vision.classify.Classifier;
import dev.striate.vision.detect.Thresholds;
import dev.striate.vision.rcnn.Answering.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the network gave for the regions of one picture, from which each way of answering is a reading.
///
/// @param batches outputs of the regions, in their order
record RegionAnswers(Size size, List<Box> regions, List<Outputs> batches, RegionMachines machines) {

    /// The objects, the surest first.
    List<Detection> detections(Answering answering, Thresholds thresholds) {
        var found = new ArrayList<Detection>();
        var region = 0;
        for (var outputs : batches) {
            for (var row = 0; row < outputs.pictures(); row++) {
                add(found, regions.get(region++), outputs, row, answering, thresholds.score());
            }
        }
        return NonMaximumSuppression.of(found, thresholds.overlap());
    }

    private void add(List<Detection> found, Box region, Outputs outputs, int row, Answering answering, double least) {
        var scores = scores(outputs, row, answering.scores());
        for (var label = 0; label < scores.length; label++) {
            if (scores[label] < least) continue;
            found.add(new Detection(answering.moves() ? moved(region, outputs, row, label) : region, label,
                    scores[label]));
        }
    }

    private double[] scores(Outputs outputs, int row, Scores scores) {
        return switch (scores) {
            case MACHINES -> {
                var x = row(outputs.get(machines.settings().features()), outputs.pictures(), row);
                yield machines.machines().stream().mapToDouble(each -> 1 / (1 + Math.exp(-each.margin(x)))).toArray();
            }
            case SOFTMAX -> {
                var probabilities = Classifier.softmax(row(outputs.main(), outputs.pictures(), row));
                yield Arrays.copyOfRange(probabilities, 1, probabilities.length); // the first is the background's
            }
        };
    }

    private Box moved(Box region, Outputs outputs, int row, int label) {
        var x = row(outputs.get(machines.settings().places()), outputs.pictures(), row);
        return BoxEncoding.PLAIN.decode(region, machines.regressions().get(label).offsets(x))
                .clipped(size.width(), size.height());
    }

    private static float[] row(float[] values, int rows, int row) {
        var length = values.length / rows;
        return Arrays.copyOfRange(values, row * length, (row + 1) * length);
    }
}
