package dev.striate.vision.classify;

import dev.striate.StriateException;
import dev.striate.vision.classify.Classifier.Prediction;
import java.nio.file.Path;
import java.util.List;

/// What a classifier says of one of many pictures.
public sealed interface Answer {
    /// The picture's file.
    Path picture();

    /// The likeliest labels, the likeliest first.
    record Predicted(Path picture, List<Prediction> top) implements Answer {
        public Predicted {
            top = List.copyOf(top);
        }
    }

    /// Why there is no answer: the file is missing, or no whole picture.
    record Unreadable(Path picture, StriateException why) implements Answer {}
}
