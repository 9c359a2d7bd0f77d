package dev.striate.vision.train;

import dev.striate.measure.Figures;
import java.nio.file.Path;

/// What an evaluation found.
public interface Measured {
    /// The figures, of which one decides which epoch's model is kept.
    Figures figures();

    /// Draws what the figures do not show, such as the worst mistakes, into a run's folder.
    void draw(Path folder);
}
