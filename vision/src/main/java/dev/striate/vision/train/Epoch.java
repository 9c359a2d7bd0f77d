package dev.striate.vision.train;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.striate.measure.Figures;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What training and evaluation gave in one epoch.
///
/// @param number counted from 1
/// @param step how often the weights have moved by its end
/// @param training the means over the epoch's training pictures by name, the loss first
/// @param validation the figures of the evaluation at its end
public record Epoch(int number, long step, double rate, SequencedMap<String, Double> training, Figures validation,
        Speed speed) {
    public Epoch {
        training = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(training));
    }

    /// @param waited the share of the training time spent waiting for pictures
    /// @param seconds of training and evaluation
    public record Speed(@JsonAlias("imagesPerSecond") double picturesPerSecond, double waited, double seconds) {}

    /// The columns of `metrics.csv`.
    String header() {
        return Stream
                .of(List.of("epoch", "step", "rate"), columns("train_", training), columns("", validation.values()),
                        List.of("pictures_per_second", "waited", "seconds"))
                .flatMap(List::stream).collect(Collectors.joining(","));
    }

    private static List<String> columns(String prefix, SequencedMap<String, Double> figures) {
        return figures.keySet().stream().map(name -> prefix + Figures.snakeCase(name)).toList();
    }

    /// The epoch's row of `metrics.csv`.
    String row() {
        return Stream.of(Stream.of(number, step, rate), training.values().stream(),
                validation.values().values().stream(),
                Stream.of(speed.picturesPerSecond(), speed.waited(), speed.seconds()))
                .flatMap(values -> values).map(String::valueOf).collect(Collectors.joining(","));
    }
}
