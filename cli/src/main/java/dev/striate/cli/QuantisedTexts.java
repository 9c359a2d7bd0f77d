package dev.striate.cli;

import dev.striate.measure.Figures;
import dev.striate.text.TextTable;
import dev.striate.vision.classify.MeasuredClassifier;
import dev.striate.vision.tasks.Quantised;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `quantise` prints: what each layer loses, and what all together cost on the test pictures.
final class QuantisedTexts {
    private static final int MOST_CLASSES = 20;
    /// The figures of a class that are compared, where it has them.
    private static final List<String> OF_A_CLASS = List.of("ap50", "ap", "iou");

    private QuantisedTexts() {}

    /// The JSON of a classifier's cost: how often it is right, and how often both ways agree.
    record Answers(int pictures, double float32Accuracy, double int8Accuracy, double agreement) {}

    /// The JSON of another model's cost: what `evaluate` prints, either way.
    record BothWays(EvaluationTexts.Evaluated float32, EvaluationTexts.Evaluated int8) {}

    static Record test(Quantised.Cost cost) {
        if (cost.float32() instanceof MeasuredClassifier measured) {
            return new Answers(measured.evaluation().pictures(), cost.float32().figures().get(Figures.ACCURACY),
                    cost.int8().figures().get(Figures.ACCURACY), cost.agreement().orElseThrow());
        }
        return new BothWays(EvaluationTexts.of(cost.float32()), EvaluationTexts.of(cost.int8()));
    }

    static String text(QuantiseCommand.Result result) {
        var table = new TextTable("layer", "runs in", "loss alone");
        for (var layer : result.layers()) {
            table.row(layer.name(), layer.int8() ? "int8" : "float32", percent(layer.loss()));
        }
        var together = result.layers().stream().filter(QuantiseCommand.Layer::int8).count();
        return table + String.format(Locale.ROOT, "%n%d of %d layers in int8, together %s%n%s%n%s", together,
                result.layers().size(), percent(result.loss()), cost(result.test()), result.model());
    }

    private static String cost(Record test) {
        return switch (test) {
            case Answers answers -> String.format(Locale.ROOT,
                    "accuracy %.4f in float32, %.4f in int8 on %,d test pictures; the same answer to %s",
                    answers.float32Accuracy(), answers.int8Accuracy(), answers.pictures(),
                    percent(answers.agreement()));
            case BothWays both -> cost(both);
            default -> throw new IllegalArgumentException("no cost: " + test);
        };
    }

    private static String cost(BothWays both) {
        var table = new TextTable("", "float32", "int8");
        var deciding = both.float32().deciding();
        EvaluationTexts.names(both.float32().figures(), deciding)
                .forEach(name -> table.row(Figures.words(name), share(both.float32().figures().get(name)),
                        share(both.int8().figures().get(name))));
        var text = String.format(Locale.ROOT, "on %,d test pictures:%n%n%s", both.float32().pictures(), table);
        var classes = both.float32().classes().size();
        return classes == 0 || classes > MOST_CLASSES ? text : text + "\n" + classes(both);
    }

    private static TextTable classes(BothWays both) {
        var names = OF_A_CLASS.stream().filter(both.float32().classes().getFirst()::containsKey).toList();
        var headings = new ArrayList<>(List.of("class"));
        for (var name : names) headings.addAll(List.of(Figures.words(name), "in int8"));
        var table = new TextTable(headings.toArray(String[]::new));
        for (var k = 0; k < both.float32().classes().size(); k++) {
            var exact = both.float32().classes().get(k);
            var cells = new ArrayList<>(List.of(exact.get("label")));
            for (var name : names) {
                cells.add(EvaluationTexts.cell(exact.get(name)));
                cells.add(EvaluationTexts.cell(both.int8().classes().get(k).get(name)));
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
