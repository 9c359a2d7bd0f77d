package dev.striate.vision.classify;

import dev.striate.measure.Figures;
import dev.striate.torch.Trainer;

/// What an epoch of training has measured so far, the part before a resume included.
final class Meter {
    private long pictures;
    private double lossSum;
    private double right;
    private double seconds;
    private long since = System.nanoTime();

    void resume(Checkpoint.Place place) {
        pictures = place.pictures();
        lossSum = place.lossSum();
        right = place.right();
        seconds = place.seconds();
        since = System.nanoTime();
    }

    void startEpoch() {
        pictures = 0;
        lossSum = 0;
        right = 0;
        seconds = 0;
        since = System.nanoTime();
    }

    /// Takes over what the trainer has added up.
    void collect(Trainer trainer) {
        var progress = trainer.progress();
        if (progress.pictures() == 0) return;
        pictures += progress.pictures();
        lossSum += progress.loss() * progress.pictures();
        right += progress.means().get(Figures.ACCURACY) * progress.pictures();
    }

    long pictures() {
        return pictures;
    }

    double lossSum() {
        return lossSum;
    }

    double right() {
        return right;
    }

    double loss() {
        return lossSum / pictures;
    }

    double accuracy() {
        return right / pictures;
    }

    double imagesPerSecond() {
        return pictures / seconds();
    }

    double seconds() {
        return seconds + (System.nanoTime() - since) / 1e9;
    }
}
