package dev.striate.cli;

import dev.striate.zoo.Check;
import dev.striate.zoo.Check.Verdict;
import dev.striate.zoo.Entry;
import dev.striate.zoo.Zoo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Derives a network's published figures again and says where they differ.", exitCodeListHeading = "%nExit codes%n", exitCodeList = {
        "0:all that can be derived agrees or is explained",
        "1:something differs" }, footerHeading = "%nExamples%n", footer = {
                "  striate check vgg16",
                "  striate check all --json",
                "",
                "Parameters and arithmetic are derived; accuracies need their data and training, and are only listed." })
final class CheckPublished implements Callable<Integer> {
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

    private List<Entry> entries() {
        return name.equals("all") ? Zoo.entries() : List.of(Zoo.entry(name));
    }

    private static String text(List<Figure> figures) {
        var table = new Table("network", "figure", "published", "derived", "source", "");
        for (var figure : figures) {
            var quantity = figure.at().isEmpty() ? figure.quantity() : figure.quantity() + " at " + figure.at();
            table.row(figure.network(), quantity, figure.published(), figure.derived().<Object>map(x -> x).orElse("–"),
                    figure.source(), verdict(figure));
        }
        return table.toString();
    }

    private static String verdict(Figure figure) {
        return switch (figure.verdict()) {
            case AGREES -> "agrees";
            case EXPLAINED -> "explained: " + figure.why();
            case DIFFERS -> "DIFFERS";
            case NEEDS_DATA -> "needs data";
        };
    }
}
