package dev.striate.cli;

import dev.striate.graph.Costs;
import dev.striate.graph.Shape;
import dev.striate.text.TextTable;
import dev.striate.zoo.ZooEntry;
import dev.striate.zoo.Paper;
import dev.striate.zoo.Published;
import dev.striate.zoo.Zoo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "models",
        description = "Lists the networks of the zoo, with their papers, sizes and published accuracies.",
        footerHeading = "%nExamples%n", footer = {
                "  striate models",
                "  striate models --json     with all accuracies and their sources" })
final class ModelsCommand implements Runnable {
    @Mixin
    private Output output;

    /// An accuracy or error that somebody published, in percent.
    record Accuracy(String quantity, BigDecimal value, String source) {
        static Accuracy of(Published published) {
            return new Accuracy(published.quantity().label(), published.value(), published.source());
        }

        @Override
        public String toString() {
            return quantity + " " + value + " % (" + source + ")";
        }
    }

    /// The JSON of a network.
    record Model(String name, String summary, Paper paper, Shape input, int classes, long parameters, long macs,
            List<Accuracy> published) {
        static Model of(ZooEntry entry) {
            var costs = Costs.of(entry.network().atInference());
            var accuracies = entry.published().stream().filter(figure -> figure.quantity().isMeasured())
                    .map(Accuracy::of).toList();
            return new Model(entry.name(), entry.summary(), entry.paper(), entry.input(), entry.classes(),
                    costs.parameters(), costs.macs(), accuracies);
        }
    }

    @Override
    public void run() {
        var models = Zoo.entries().stream().map(Model::of).toList();
        output.print(models, () -> text(models));
    }

    /// The networks of each paper under its title.
    private static String text(List<Model> models) {
        var table = new TextTable("", "input", "parameters", "MMAC", "published accuracy");
        var paper = Optional.<Paper>empty();
        for (var model : models) {
            if (!paper.equals(Optional.of(model.paper()))) table.section(title(model.paper()));
            paper = Optional.of(model.paper());
            table.row("  " + model.name(), model.input(), model.parameters(), BigDecimal.valueOf(model.macs(), 6)
                    .setScale(1, RoundingMode.HALF_UP),
                    model.published().stream().map(Accuracy::toString).findFirst().orElse("–"));
        }
        return table.toString();
    }

    private static String title(Paper paper) {
        return paper.authors() + " " + paper.year() + ", " + paper.title();
    }
}
