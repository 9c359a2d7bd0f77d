package dev.striate.cli;

import dev.striate.recipe.Difference;
import dev.striate.vision.train.Run;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "diff", description = "Shows the settings in which two runs differ.", footerHeading = "%nExamples%n", footer = {
        "  striate diff runs/resnet20-cifar10-1 runs/resnet20-cifar10-2" })
final class Diff implements Runnable {
    private static final int WIDEST = 48;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run's folder.")
    private Path first;

    @Parameters(index = "1", paramLabel = "RUN", description = "Another's.")
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

    @Override
    public void run() {
        var rows = dev.striate.recipe.Settings.differences(Run.read(first), Run.read(second)).stream().map(Row::of)
                .toList();
        output.print(rows, () -> {
            if (rows.isEmpty()) return "The runs have the same settings.";
            var table = new Table("setting", first.toString(), second.toString());
            rows.forEach(row -> table.row(row.setting(), shortened(row.first()), shortened(row.second())));
            return table.toString();
        });
    }

    /// A list of a hundred labels is for the JSON.
    private static String shortened(String value) {
        return value.length() <= WIDEST ? value : value.substring(0, WIDEST - 1) + "…";
    }
}
