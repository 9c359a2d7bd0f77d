package dev.striate.vision.train;

import dev.striate.torch.Trainer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What an epoch of training has measured so far, the part before a resume included.
final class RunningMeans {
    private final SequencedMap<String, Double> sums = new LinkedHashMap<>();
    private long pictures;
    private double seconds;
    private long since = System.nanoTime();

    void resume(Checkpoint.Place place) {
        pictures = place.pictures();
        sums.clear();
        sums.putAll(place.sums());
        seconds = place.seconds();
        since = System.nanoTime();
    }

    void startEpoch() {
        pictures = 0;
        sums.clear();
        seconds = 0;
        since = System.nanoTime();
    }

    /// Takes over what the trainer has added up.
    void collect(Trainer trainer) {
        var progress = trainer.progress();
        if (progress.pictures() == 0) return;
        pictures += progress.pictures();
        progress.means().forEach((name, mean) -> sums.merge(name, mean * progress.pictures(), Double::sum));
    }

    long pictures() {
        return pictures;
    }

    SequencedMap<String, Double> sums() {
        return sums;
    }

    SequencedMap<String, Double> means() {
        var means = new LinkedHashMap<String, Double>();
        sums.forEach((name, sum) -> means.put(name, sum / pictures));
        return means;
    }

    double picturesPerSecond() {
        return pictures / seconds();
    }

    double seconds() {
        return seconds + (System.nanoTime() - since) / 1e9;
    }
}
