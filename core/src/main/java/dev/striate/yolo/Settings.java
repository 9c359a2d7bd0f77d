package dev.striate.yolo;

import dev.striate.StriateException;
import dev.striate.detect.BoxSize;
import dev.striate.graph.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The settings of an output layer, as a `.cfg` has them, with Darknet's defaults for those left out.
record Settings(Op.Detection op) {
    int whole(String key, int otherwise) {
        return read(key, otherwise, Integer::valueOf, "a whole number");
    }

    int atLeastOne(String key, int otherwise) {
        var number = whole(key, otherwise);
        if (number < 1) throw expected(key, "at least 1");
        return number;
    }

    double number(String key, double otherwise) {
        return read(key, otherwise, Double::valueOf, "a number");
    }

    boolean flag(String key, boolean otherwise) {
        return whole(key, otherwise ? 1 : 0) != 0;
    }

    List<Integer> wholes(String key, List<Integer> otherwise) {
        return read(key, otherwise, text -> split(text).map(Integer::valueOf).toList(),
                "whole numbers with commas between");
    }

    /// Pairs of numbers: 10,13, 16,30.
    List<BoxSize> anchors(List<BoxSize> otherwise) {
        var numbers = read("anchors", List.<Double>of(), text -> split(text).map(Double::valueOf).toList(),
                "numbers with commas between");
        if (numbers.isEmpty()) return otherwise;
        if (numbers.size() % 2 != 0) throw expected("anchors", "pairs of a width and a height");
        var anchors = new ArrayList<BoxSize>();
        for (var i = 0; i < numbers.size(); i += 2) anchors.add(new BoxSize(numbers.get(i), numbers.get(i + 1)));
        return anchors;
    }

    boolean has(String key) {
        return op.settings().containsKey(key);
    }

    String text(String key) {
        return op.settings().getOrDefault(key, "");
    }

    private static Stream<String> split(String text) {
        return Stream.of(text.split(",")).map(String::strip).filter(part -> !part.isEmpty());
    }

    private <T> T read(String key, T otherwise, Function<String, T> reading, String what) {
        var text = op.settings().get(key);
        if (text == null) return otherwise;
        try {
            return reading.apply(text.strip());
        } catch (NumberFormatException _) {
            throw expected(key, what);
        }
    }

    private StriateException expected(String key, String what) {
        return StriateException.network("A [" + op.kind() + "] layer expects " + what + " for " + key + "; received '"
                + text(key) + "'.");
    }
}
