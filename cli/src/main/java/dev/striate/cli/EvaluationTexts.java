package dev.striate.cli;

import dev.striate.measure.AveragePrecision.Rule;
import dev.striate.measure.CocoFigure;
import dev.striate.measure.Figures;
import dev.striate.measure.PrecisionRecall;
import dev.striate.text.TextTable;
import dev.striate.vision.detect.MeasuredDetection;
import dev.striate.vision.localise.MeasuredLocalisation;
import dev.striate.vision.segment.MeasuredSegmentation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What `evaluate` prints of models that do not classify.
final class EvaluationTexts {
    private EvaluationTexts() {}

    /// The JSON: the figures, of which one decides, and what there is to say of each class.
    ///
    /// @param classes of each its figures by name, the label first; a class that does not occur has none of some
    record Evaluated(int pictures, double picturesPerSecond, String deciding, SequencedMap<String, Double> figures,
            List<SequencedMap<String, Object>> classes) {}

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
            figures.put("objects", measured.curve(k).map(PrecisionRecall::objects).orElse(0));
            figures.put("ap50", measured.precision().of(Rule.VOC_2010, k));
            figures.put("ap50Voc2007", measured.precision().of(Rule.VOC_2007, k));
            figures.put("ap50Coco", measured.precision().of(Rule.COCO_50, k));
            figures.put("ap50Darknet", measured.precision().of(Rule.DARKNET, k));
            figures.put("ap", measured.precision().coco(CocoFigure.AP, k));
            var label = k;
            measured.ofTree().ifPresent(each -> figures.put("ap50WithBelow", each.of(label)));
            classes.add(figures);
        }
        return of(measured.figures(), measured.pictures().size(), measured.picturesPerSecond(), classes);
    }

    private static SequencedMap<String, Object> named(String label) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("label", label);
        return figures;
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

    private static Object cell(Object value) {
        if (!(value instanceof OptionalDouble share)) return value;
        return share.isEmpty() ? "–" : BigDecimal.valueOf(share.getAsDouble()).setScale(4, RoundingMode.HALF_UP);
    }
}
