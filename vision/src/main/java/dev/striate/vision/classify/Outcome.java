package dev.striate.vision.classify;

import dev.striate.StriateException;
import java.nio.file.Path;
import java.util.List;

/// What a training gave: the figures of each epoch that came to its end, and why the training ended.
///
/// @param steps how often the weights have moved, those before a resume included
/// @param model the best model's file; it is there once an epoch has ended
public record Outcome(List<Metrics> history, long steps, Path model, Ending ending) {
    public Outcome {
        history = List.copyOf(history);
    }

    /// Why a training ended: its recipe was through, patience or the time ran out, or somebody asked it to stop.
    public enum Ending {
        FINISHED, PATIENCE, TIME, STOPPED
    }

    /// Whether there is nothing left to resume.
    public boolean complete() {
        return ending == Ending.FINISHED || ending == Ending.PATIENCE;
    }

    /// Whether an epoch came to its end: only then is there a model, and anything known of it.
    public boolean isMeasured() {
        return !history.isEmpty();
    }

    public int epochs() {
        return history.size();
    }

    /// The last epoch's figures; refuses where none came to its end.
    public Metrics last() {
        if (isMeasured()) return history.getLast();
        throw new StriateException("An epoch that came to its end was expected; the training ended after step " + steps
                + ", before its first did, so that nothing was measured.");
    }

    /// The last epoch's accuracy on the validation pictures.
    public double accuracy() {
        return last().accuracy();
    }

    /// The last epoch's loss on the validation pictures.
    public double loss() {
        return last().loss();
    }

    public double imagesPerSecond() {
        return last().imagesPerSecond();
    }

    /// The best epoch's accuracy, which is the model's.
    public double bestAccuracy() {
        last();
        return history.stream().mapToDouble(Metrics::accuracy).max().orElseThrow();
    }
}
