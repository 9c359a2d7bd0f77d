package dev.striate.vision.train;

import java.nio.file.Path;
import java.util.SequencedMap;

/// What happens in a training, for listeners.
public sealed interface Event {
    /// Before the first step, or the first after a resume.
    record Started(Path folder, long step, long steps) implements Event {}

    /// Every so often within an epoch; the means are those since the epoch began, the loss first.
    record Stepped(int epoch, long step, long steps, SequencedMap<String, Double> means, double picturesPerSecond,
            double secondsLeft) implements Event {}

    /// After an epoch and its evaluation.
    record EpochEnded(Epoch epoch, boolean best) implements Event {}

    record Saved(Path checkpoint) implements Event {}

    /// What the user should know, though the run goes on: a damaged checkpoint, pictures left out.
    record Warned(String message) implements Event {}

    /// At the end, or where the training was asked to stop.
    record Ended(Outcome outcome) implements Event {}

    /// Hears of everything, on the training's own thread.
    @FunctionalInterface
    interface Listener {
        void on(Event event);

        static Listener none() {
            return _ -> {};
        }
    }
}
