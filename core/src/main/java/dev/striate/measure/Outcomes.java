package dev.striate.measure;

import dev.striate.detect.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What matching enters of one class: how many objects count, and each detection that counts, right or wrong.
final class Outcomes {
    private record Outcome(double score, boolean right) {}

    private final List<Outcome> detections = new ArrayList<>();
    private int objects;

    void object() {
        objects++;
    }

    void detection(double score, boolean right) {
        detections.add(new Outcome(score, right));
    }

    /// The curve of all detections, the best first, equal scores in the order of the pictures.
    Optional<PrecisionRecall> curve() {
        if (objects == 0) return Optional.empty();
        var ranked = Ranking.descending(detections.stream().mapToDouble(Outcome::score).toArray());
        var scores = new double[ranked.length];
        var recall = new double[ranked.length];
        var precision = new double[ranked.length];
        var right = 0;
        for (var i = 0; i < ranked.length; i++) {
            var outcome = detections.get(ranked[i]);
            if (outcome.right()) right++;
            scores[i] = outcome.score();
            recall[i] = (double) right / objects;
            precision[i] = right / (i + 1.0);
        }
        return Optional.of(new PrecisionRecall(objects, scores, recall, precision));
    }
}
