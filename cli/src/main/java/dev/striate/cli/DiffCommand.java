package dev.striate.cli;

import dev.striate.recipe.Difference;
import dev.striate.recipe.FlatSettings;
import dev.striate.text.Listing;
import dev.striate.text.TextTable;
import dev.striate.vision.train.Run;
import dev.striate.weights.Distance;
import dev.striate.weights.ModelComparison;
import dev.striate.weights.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "diff", description = "Shows in what two runs or two models differ.", footerHeading = "%nExamples%n",
        footer = {
                "  striate diff runs/resnet20-cifar10-1 runs/resnet20-cifar10-2     the settings of two runs",
                "  striate diff resnet18.safetensors runs/resnet18-flowers-1        two models: layers, shapes, weights",
                "",
                "Of two runs the settings are compared; with a model's file, the other is a file or a run's best model. How far",
                "weights lie apart is the norm of their difference over the larger norm of the two: 0 for equal ones." })
final class DiffCommand implements Runnable {
    private static final int WIDEST = 48;
    private static final int MOST_TENSORS = 20;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A run's folder or a model's file (.safetensors).")
    private Path first;

    @Parameters(index = "1", paramLabel = "MODEL", description = "Another.")
    private Path second;

    @Mixin
    private Output output;

    /// The JSON of one difference.
    record Row(String setting, String first, String second) {
        static Row of(Difference difference) {
            return new Row(difference.path(), Objects.toString(difference.first(), "-"),
                    Objects.toString(difference.second(), "-"));
        }
    }

    /// The JSON of two models: their settings, the shapes that differ, and how far the weights lie apart.
    record Models(List<Row> settings, List<Row> shapes, Distance weights, List<Distance> tensors) {
        static Models of(ModelComparison both) {
            return new Models(both.settings().stream().map(Row::of).toList(),
                    both.shapes().stream().map(Row::of).toList(), both.all(), both.tensors());
        }
    }

    @Override
    public void run() {
        if (Files.isDirectory(first) && Files.isDirectory(second)) runs();
        else models();
    }

    private void runs() {
        var rows = FlatSettings.differences(Run.read(first), Run.read(second)).stream().map(Row::of)
                .toList();
        output.print(rows, () -> rows.isEmpty() ? "The runs have the same settings." : table("setting", rows));
    }

    private void models() {
        var models = Models.of(ModelComparison.of(ModelFile.read(Run.model(first)), ModelFile.read(Run.model(second))));
        output.print(models, () -> text(models));
    }

    private String table(String heading, List<Row> rows) {
        var table = new TextTable(heading, first.toString(), second.toString());
        rows.forEach(row -> table.row(row.setting(), shortened(row.first()), shortened(row.second())));
        return table.toString();
    }

    private String text(Models models) {
        var settings = models.settings().isEmpty() ? "The models have the same layers and settings."
                : table("setting", models.settings());
        var shapes = models.shapes().isEmpty() ? "" : "\n\n" + table("tensor", models.shapes());
        return settings + shapes + "\n\n" + weights(models);
    }

    private static String weights(Models models) {
        var all = models.weights();
        var apart = models.tensors().stream().filter(tensor -> tensor.distance() != 0)
                .sorted(Comparator.comparingDouble(Distance::relative).reversed()).toList();
        if (models.tensors().isEmpty()) return "No tensor has the same name and shape in both.";
        if (apart.isEmpty()) return "The weights of all " + models.tensors().size() + " common tensors are equal.";
        var table = new TextTable("tensor", "shape", "apart", "largest difference");
        apart.stream().limit(MOST_TENSORS).forEach(tensor -> table.row(tensor.name(),
                Listing.shortened(tensor.shape().toString()), number(tensor.relative()), number(tensor.largest())));
        return String.format(Locale.ROOT, "%,d of %,d common tensors differ; all together lie %s apart, at most %s%n%n",
                apart.size(), models.tensors().size(), number(all.relative()), number(all.largest())) + table
                + (apart.size() > MOST_TENSORS ? "\nand " + (apart.size() - MOST_TENSORS) + " that lie closer" : "");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    /// A list of a hundred labels is for the JSON.
    private static String shortened(String value) {
        return value.length() <= WIDEST ? value : value.substring(0, WIDEST - 1) + "…";
    }
}
