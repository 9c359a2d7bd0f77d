package dev.striate.measure;

import dev.striate.StriateException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was measured: figures by name, in the order in which they are shown, one of which decides which model is better.
///
/// @param deciding the name of that figure
/// @param goal whether more or less of it is better
public record Figures(SequencedMap<String, Double> values, String deciding, Goal goal) {
    public static final String LOSS = "loss";
    public static final String ACCURACY = "accuracy";

    public Figures {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        if (!values.containsKey(deciding)) {
            throw new StriateException("A figure that decides is expected among " + values.keySet() + "; received '"
                    + deciding + "'.");
        }
    }

    /// Figures of which the highest value of the deciding one is best.
    public static Figures highest(String deciding, SequencedMap<String, Double> values) {
        return new Figures(values, deciding, Goal.HIGHER);
    }

    /// Figures of which the lowest value of the deciding one is best.
    public static Figures lowest(String deciding, SequencedMap<String, Double> values) {
        return new Figures(values, deciding, Goal.LOWER);
    }

    /// A figure's name as words: `pixelAccuracy` as "pixel accuracy", `meanIoU` as "mean IoU".
    public static String words(String name) {
        return Stream.of(name.split("(?<=[a-z0-9])(?=[A-Z][a-z])"))
                .map(word -> word.substring(1).equals(word.substring(1).toLowerCase(Locale.ROOT))
                        ? word.toLowerCase(Locale.ROOT)
                        : word)
                .collect(Collectors.joining(" "));
    }

    /// A figure's name in tables for programs: `pixelAccuracy` as `pixel_accuracy`.
    public static String snakeCase(String name) {
        return words(name).replace(' ', '_').toLowerCase(Locale.ROOT);
    }

    /// A figure by its name; refuses an unknown one.
    public double get(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new StriateException("A figure among " + values.keySet() + " was expected; received '" + name + "'.");
        }
        return value;
    }

    /// The deciding figure, turned so that more is better.
    public double score() {
        return goal == Goal.HIGHER ? get(deciding) : -get(deciding);
    }
}
