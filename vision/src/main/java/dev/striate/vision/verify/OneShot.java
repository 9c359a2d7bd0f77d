package dev.striate.vision.verify;

import dev.striate.data.batch.Preparation;
import dev.striate.data.set.OneShotRuns;
import java.util.List;

/// How many pictures of each run were recognised by one example of each class (Lake et al. 2015).
///
/// @param accuracies of each run
public record OneShot(List<Double> accuracies) {
    public OneShot {
        accuracies = List.copyOf(accuracies);
    }

    static OneShot of(OpenTowers towers, Preparation preparation, OneShotRuns runs) {
        return new OneShot(runs.runs().stream().map(run -> {
            var candidates = towers.embeddings(preparation, run.candidates());
            var tests = towers.embeddings(preparation, run.tests());
            var right = 0;
            for (var i = 0; i < tests.length; i++) {
                var nearest = nearest(towers.comparison().distances(tests[i], candidates));
                if (run.candidates().label(nearest) == run.tests().label(i)) right++;
            }
            return (double) right / tests.length;
        }).toList());
    }

    private static int nearest(double[] distances) {
        var nearest = 0;
        for (var i = 1; i < distances.length; i++) if (distances[i] < distances[nearest]) nearest = i;
        return nearest;
    }

    /// Over all runs.
    public double accuracy() {
        return accuracies.stream().mapToDouble(accuracy -> accuracy).average().orElseThrow();
    }
}
