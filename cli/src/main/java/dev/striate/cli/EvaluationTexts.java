package dev.striate.cli;

import dev.striate.measure.Figures;
import dev.striate.text.TextTable;
import dev.striate.vision.detect.MeasuredDetection;
import dev.striate.vision.localise.MeasuredLocalisation;
import dev.striate.vision.verify.MeasuredVerification;
import dev.striate.vision.verify.OneShot;
import dev.striate.vision.segment.MeasuredSegmentation;
import dev.striate.vision.train.Measured;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `evaluate` prints of models that do not classify.
final class EvaluationTexts {
    private EvaluationTexts() {}

    /// The JSON: the figures, of which one decides, and what there is to say of each class.
    ///
    /// @param classes of each its figures by name, the label first; a class that does not occur has none of some
    record Evaluated(int pictures, double picturesPerSecond, String deciding, SequencedMap<String, Double> figures,
            List<SequencedMap<String, Object>> classes) {}

    /// The same of whatever was measured but a classifier, whose evaluation has its own form.
    static Evaluated of(Measured measured) {
        return switch (measured) {
            case MeasuredSegmentation masks -> of(masks);
            case MeasuredDetection boxes -> of(boxes);
            case MeasuredLocalisation located -> of(located);
            case MeasuredVerification pairs -> of(pairs);
            default -> throw new IllegalArgumentException("no figures of " + measured.getClass());
        };
    }

    /// The names of figures, that which decides before the others.
    static List<String> names(Map<String, Double> figures, String deciding) {
        return Stream.concat(Stream.of(deciding), figures.keySet().stream().filter(name -> !name.equals(deciding)))
                .toList();
    }

    static Evaluated of(MeasuredSegmentation measured) {
        var confusion = measured.confusion();
        var labels = measured.pictures().classes();
        var classes = new ArrayList<SequencedMap<String, Object>>();
        for (var k = 0; k < labels.size(); k++) {
            var figures = named(labels.get(k));
            figures.put("pixels", confusion.pixels(k));
            figures.put("accuracy", confusion.accuracy(k));
            figures.put("iou", confusion.iou(k));
            classes.add(figures);
        }
        return of(measured.figures(), measured.pictures().size(), measured.picturesPerSecond(), classes);
    }

    static Evaluated of(MeasuredDetection measured) {
        var labels = measured.pictures().classes();
        var classes = new ArrayList<SequencedMap<String, Object>>();
        for (var k = 0; k < labels.size(); k++) {
            var figures = named(labels.get(k));
            figures.put("objects", measured.objects(k));
            figures.putAll(measured.ofClass(k));
            classes.add(figures);
        }
        return of(measured.figures(), measured.pictures().size(), measured.picturesPerSecond(), classes);
    }

    private static SequencedMap<String, Object> named(String label) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("label", label);
        return figures;
    }

    static Evaluated of(MeasuredVerification measured) {
        return of(measured.figures(), measured.pictures().size(), measured.picturesPerSecond(), List.of());
    }

    static String text(OneShot oneShot) {
        return String.format(Locale.ROOT, "accuracy %.4f over %d runs: %s", oneShot.accuracy(),
                oneShot.accuracies().size(), oneShot.accuracies().stream()
                        .map(each -> String.format(Locale.ROOT, "%.2f", each)).collect(Collectors.joining(" ")));
    }

    static Evaluated of(MeasuredLocalisation measured) {
        return of(measured.figures(), measured.pictures().size(), measured.picturesPerSecond(), List.of());
    }

    private static Evaluated of(Figures figures, int pictures, double picturesPerSecond,
            List<SequencedMap<String, Object>> classes) {
        return new Evaluated(pictures, picturesPerSecond, figures.deciding(), figures.values(), classes);
    }

    static String text(Evaluated evaluated) {
        var text = evaluated.figures().entrySet().stream()
                .map(figure -> String.format(Locale.ROOT, "%s %.4f", Figures.words(figure.getKey()),
                        figure.getValue()))
                .collect(Collectors.joining("  "))
                + String.format(Locale.ROOT, "  %,d pictures, %.0f pictures/s", evaluated.pictures(),
                        evaluated.picturesPerSecond());
        return evaluated.classes().isEmpty() ? text : text + "\n\n" + table(evaluated.classes());
    }

    private static TextTable table(List<SequencedMap<String, Object>> classes) {
        var names = classes.getFirst().keySet();
        var table = new TextTable(names.stream().map(name -> name.equals("label") ? "class" : Figures.words(name))
                .toArray(String[]::new));
        for (var each : classes) table.row(each.values().stream().map(EvaluationTexts::cell).toArray());
        return table;
    }

    /// What a table shows of a class's figure: shares to four places, a dash for none.
    static Object cell(Object value) {
        if (!(value instanceof OptionalDouble share)) return value;
        return share.isEmpty() ? "–" : BigDecimal.valueOf(share.getAsDouble()).setScale(4, RoundingMode.HALF_UP);
    }
}
