package dev.striate.vision.train;

import dev.striate.measure.Figures;
import dev.striate.task.Task;
import java.nio.file.Path;

/// What an evaluation found.
public interface Measured {
    /// The figures, of which one decides which epoch's model is kept.
    Figures figures();

    /// The task with what the evaluation chose for it, which the model's file then says, such as a threshold.
    default Task chosen(Task task) {
        return task;
    }

    /// Draws what the figures do not show, such as the worst mistakes, into a run's folder.
    void draw(Path folder);
}
