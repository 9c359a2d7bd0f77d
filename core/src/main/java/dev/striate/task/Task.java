package dev.striate.task;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a model answers, saved with it and with the run that trains it.
public sealed interface Task {
    /// The names of the classes, in the order of the network's outputs.
    List<String> labels();

    /// The task as texts call it: `segmentation`.
    default String words() {
        return words(getClass());
    }

    /// The same of a kind of task.
    static String words(Class<? extends Task> kind) {
        return kind.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /// What is in the picture: one class.
    record Classification(List<String> labels) implements Task {
        public Classification {
            labels = List.copyOf(labels);
        }
    }

    /// What the picture's one object is, and its box.
    record Localisation(List<String> labels) implements Task {
        public Localisation {
            labels = List.copyOf(labels);
        }
    }

    /// What the objects in the picture are, and the box of each.
    record Detection(List<String> labels) implements Task {
        public Detection {
            labels = List.copyOf(labels);
        }
    }

    /// Whether two pictures show the same: the same person, the same character.
    ///
    /// @param labels whom training saw; others are told apart as well
    /// @param mirrored whether an embedding is the mean of a picture's and its mirror image's, as suits faces
    /// @param thresholds chosen on pictures of others, once that was done
    record Verification(List<String> labels, boolean mirrored, Optional<Thresholds> thresholds) implements Task {
        public Verification {
            labels = List.copyOf(labels);
        }

        public Verification(List<String> labels) {
            this(labels, false, Optional.empty());
        }

        public Verification withMirrored(boolean mirrored) {
            return new Verification(labels, mirrored, thresholds);
        }

        public Verification withThresholds(Thresholds thresholds) {
            return new Verification(labels, mirrored, Optional.of(thresholds));
        }
    }

    /// The class of every pixel.
    record Segmentation(List<String> labels) implements Task {
        public Segmentation {
            labels = List.copyOf(labels);
        }
    }
}
