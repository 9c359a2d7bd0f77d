package dev.striate.vision.classify;

import java.nio.file.Path;

/// What happens in a training, for listeners.
public sealed interface Event {
    /// Before the first step, or the first after a resume.
    record Started(Run run, long step, long steps) implements Event {}

    /// Every so often within an epoch; loss and accuracy are those since the epoch began.
    record Stepped(int epoch, long step, long steps, double loss, double accuracy, double imagesPerSecond,
            double secondsLeft) implements Event {}

    /// After an epoch and its evaluation.
    record EpochEnded(Metrics metrics, boolean best) implements Event {}

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
