package dev.striate.cli;

import dev.striate.text.TextTable;
import dev.striate.text.Wrapping;
import dev.striate.zoo.Check;
import dev.striate.zoo.Check.Verdict;
import dev.striate.zoo.ZooEntry;
import dev.striate.zoo.Zoo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Derives a network's published figures again and says where they differ.",
        exitCodeListHeading = "%nExit codes%n", exitCodeList = {
                "0:all that can be derived agrees or is explained",
                "1:something differs" },
        footerHeading = "%nExamples%n", footer = {
                "  striate check vgg16",
                "  striate check all --json",
                "",
                "Parameters and arithmetic are derived; accuracies need their data and training, and are only listed." })
final class CheckCommand implements Callable<Integer> {
    private static final int WIDTH = 80;

    @Parameters(paramLabel = "NET", description = "A network's name (`striate models` lists them), or `all`.")
    private String name;

    @Mixin
    private Output output;

    /// The JSON of a figure.
    record Figure(String network, String quantity, BigDecimal published, Optional<BigDecimal> derived, String at,
            String source, Verdict verdict, String why) {
        static Figure of(Check check) {
            var published = check.published();
            return new Figure(published.network(), published.quantity().label(), published.value(), check.derived(),
                    published.at(), published.source(), check.verdict(), published.why());
        }
    }

    @Override
    public Integer call() {
        var figures = entries().stream().flatMap(entry -> Check.of(entry).stream()).map(Figure::of).toList();
        output.print(figures, () -> text(figures));
        return figures.stream().anyMatch(figure -> figure.verdict() == Verdict.DIFFERS) ? 1 : 0;
    }

    private List<ZooEntry> entries() {
        return name.equals("all") ? Zoo.entries() : List.of(Zoo.entry(name));
    }

    /// Each network's figures under its name, and below all of them why some count differently.
    private static String text(List<Figure> figures) {
        var table = new TextTable("", "published", "derived", "", "source");
        var notes = figures.stream().map(Figure::why).filter(why -> !why.isEmpty()).distinct().toList();
        var network = "";
        for (var figure : figures) {
            if (!figure.network().equals(network)) table.section(network = figure.network());
            var quantity = figure.at().isEmpty() ? figure.quantity() : figure.quantity() + " at " + figure.at();
            table.row("  " + quantity, figure.published(), figure.derived().<Object>map(x -> x).orElse("–"),
                    verdict(figure.verdict()), figure.source() + mark(notes.indexOf(figure.why())));
        }
        var text = new StringBuilder(table.toString()).append("\n");
        for (var i = 0; i < notes.size(); i++) text.append("\n").append(note(i, notes.get(i)));
        return text.toString().stripTrailing();
    }

    private static String mark(int note) {
        return note < 0 ? "" : " [" + (note + 1) + "]";
    }

    private static String note(int index, String why) {
        return Wrapping.behind(String.format("%5s ", mark(index)), why, WIDTH);
    }

    private static String verdict(Verdict verdict) {
        return switch (verdict) {
            case AGREES -> "agrees";
            case EXPLAINED -> "explained";
            case DIFFERS -> "DIFFERS";
            case NEEDS_DATA -> "needs data";
        };
    }
}
