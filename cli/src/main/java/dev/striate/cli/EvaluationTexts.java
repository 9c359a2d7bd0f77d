package dev.striate.cli;

import dev.striate.measure.Figures;
import dev.striate.text.TextTable;
import dev.striate.vision.localise.MeasuredLocalisation;
import dev.striate.vision.segment.MeasuredSegmentation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What `evaluate` prints of models that do not classify.
final class EvaluationTexts {
    private EvaluationTexts() {}

    /// The JSON: the figures, of which one decides, and what there is to say of each class.
    record Evaluated(int pictures, double picturesPerSecond, String deciding, SequencedMap<String, Double> figures,
            List<OfClass> classes) {}

    /// Of a class that does not occur there is no accuracy.
    record OfClass(String label, long pixels, OptionalDouble accuracy, OptionalDouble iou) {}

    static Evaluated of(MeasuredSegmentation measured) {
        var confusion = measured.confusion();
        var labels = measured.pictures().classes();
        var classes = IntStream.range(0, labels.size()).mapToObj(k -> new OfClass(labels.get(k), confusion.pixels(k),
                confusion.accuracy(k), confusion.iou(k))).toList();
        return of(measured.figures(), measured.pictures().size(), measured.picturesPerSecond(), classes);
    }

    static Evaluated of(MeasuredLocalisation measured) {
        return of(measured.figures(), measured.pictures().size(), measured.picturesPerSecond(), List.of());
    }

    private static Evaluated of(Figures figures, int pictures, double picturesPerSecond, List<OfClass> classes) {
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

    private static TextTable table(List<OfClass> classes) {
        var table = new TextTable("class", "pixels", "accuracy", "IoU");
        for (var each : classes) table.row(each.label(), each.pixels(), share(each.accuracy()), share(each.iou()));
        return table;
    }

    private static Object share(OptionalDouble share) {
        return share.isEmpty() ? "–" : BigDecimal.valueOf(share.getAsDouble()).setScale(4, RoundingMode.HALF_UP);
    }
}
