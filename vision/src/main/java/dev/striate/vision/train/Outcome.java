package dev.striate.vision.train;

import dev.striate.StriateException;
import java.nio.file.Path;
import java.util.List;

/// What a training gave: the figures of each epoch that came to its end, and why the training ended.
///
/// @param steps how often the weights have moved, those before a resume included
/// @param model the best model's file; it is there once an epoch has ended
public record Outcome(List<Epoch> history, long steps, Path model, Ending ending) {
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

    /// The last epoch; refuses where none came to its end.
    public Epoch last() {
        if (isMeasured()) return history.getLast();
        throw new StriateException("An epoch that came to its end was expected; the training ended after step " + steps
                + ", before its first did, so that nothing was measured.");
    }

    /// The epoch with the best deciding figure, whose model was kept.
    public Epoch best() {
        var best = last();
        for (var epoch : history.reversed()) {
            if (epoch.validation().score() >= best.validation().score()) best = epoch;
        }
        return best;
    }

    /// A figure of the last epoch's validation, such as `accuracy`.
    public double figure(String name) {
        return last().validation().get(name);
    }

    public double picturesPerSecond() {
        return last().speed().picturesPerSecond();
    }
}
