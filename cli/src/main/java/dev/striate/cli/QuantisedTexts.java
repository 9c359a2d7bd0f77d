package dev.striate.cli;

import dev.striate.measure.Figures;
import dev.striate.text.TextTable;
import dev.striate.vision.classify.MeasuredClassifier;
import dev.striate.vision.tasks.Quantised;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `quantise` prints: what each layer loses in int8, and what all together cost on the test pictures.
record QuantisedTexts(QuantiseCommand.Target target, Quantised.Cost cost) {
    private static final int MOST_CLASSES = 20;
    /// The figures of a class that are compared, where it has them.
    private static final List<String> OF_A_CLASS = List.of("ap50", "ap", "iou");

    /// The JSON of a classifier's cost: how often it is right, and how often both ways agree.
    record Answers(int pictures, double float32Accuracy, double int8Accuracy, double agreement) {}

    record Bf16Answers(int pictures, double float32Accuracy, double bf16Accuracy, double agreement) {}

    /// The JSON of another model's cost: what `evaluate` prints, either way.
    record BothWays(EvaluationTexts.Evaluated float32, EvaluationTexts.Evaluated int8) {}

    record Bf16BothWays(EvaluationTexts.Evaluated float32, EvaluationTexts.Evaluated bf16) {}

    Record test() {
        if (cost.float32() instanceof MeasuredClassifier measured) {
            var pictures = measured.evaluation().pictures();
            var exact = cost.float32().figures().get(Figures.ACCURACY);
            var rounded = cost.rounded().figures().get(Figures.ACCURACY);
            var agreement = cost.agreement().orElseThrow();
            return switch (target) {
                case INT8 -> new Answers(pictures, exact, rounded, agreement);
                case BF16 -> new Bf16Answers(pictures, exact, rounded, agreement);
            };
        }
        var exact = EvaluationTexts.of(cost.float32());
        var rounded = EvaluationTexts.of(cost.rounded());
        return switch (target) {
            case INT8 -> new BothWays(exact, rounded);
            case BF16 -> new Bf16BothWays(exact, rounded);
        };
    }

    String text(QuantiseCommand.Result result) {
        return layers(result) + costs() + "\n" + result.model();
    }

    private String layers(QuantiseCommand.Result result) {
        if (result.loss().isEmpty()) return "";
        var table = new TextTable("layer", "runs in", "loss alone");
        for (var layer : result.layers()) {
            table.row(layer.name(), layer.int8() ? "int8" : "float32", percent(layer.loss()));
        }
        var together = result.layers().stream().filter(QuantiseCommand.Layer::int8).count();
        return table + String.format(Locale.ROOT, "%n%d of %d layers in int8, together %s%n", together,
                result.layers().size(), percent(result.loss().getAsDouble()));
    }

    private String name() {
        return target.name().toLowerCase(Locale.ROOT);
    }

    private String costs() {
        if (cost.float32() instanceof MeasuredClassifier measured) {
            return String.format(Locale.ROOT,
                    "accuracy %.4f in float32, %.4f in %s on %,d test pictures; the same answer to %s",
                    cost.float32().figures().get(Figures.ACCURACY), cost.rounded().figures().get(Figures.ACCURACY),
                    name(), measured.evaluation().pictures(), percent(cost.agreement().orElseThrow()));
        }
        return costs(EvaluationTexts.of(cost.float32()), EvaluationTexts.of(cost.rounded()));
    }

    private String costs(EvaluationTexts.Evaluated exact, EvaluationTexts.Evaluated rounded) {
        var table = new TextTable("", "float32", name());
        EvaluationTexts.names(exact.figures(), exact.deciding()).forEach(figure -> table.row(Figures.words(figure),
                share(exact.figures().get(figure)), share(rounded.figures().get(figure))));
        var text = String.format(Locale.ROOT, "on %,d test pictures:%n%n%s", exact.pictures(), table);
        var classes = exact.classes().size();
        return classes == 0 || classes > MOST_CLASSES ? text : text + "\n" + classes(exact, rounded);
    }

    private TextTable classes(EvaluationTexts.Evaluated exact, EvaluationTexts.Evaluated rounded) {
        var names = OF_A_CLASS.stream().filter(exact.classes().getFirst()::containsKey).toList();
        var headings = new ArrayList<>(List.of("class"));
        for (var figure : names) headings.addAll(List.of(Figures.words(figure), "in " + name()));
        var table = new TextTable(headings.toArray(String[]::new));
        for (var k = 0; k < exact.classes().size(); k++) {
            var cells = new ArrayList<>(List.of(exact.classes().get(k).get("label")));
            for (var figure : names) {
                cells.add(EvaluationTexts.cell(exact.classes().get(k).get(figure)));
                cells.add(EvaluationTexts.cell(rounded.classes().get(k).get(figure)));
            }
            table.row(cells.toArray());
        }
        return table;
    }

    private static String share(double figure) {
        return String.format(Locale.ROOT, "%.4f", figure);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
