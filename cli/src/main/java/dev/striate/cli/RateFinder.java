package dev.striate.cli;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSets;
import dev.striate.vision.classify.RateSearch;
import dev.striate.vision.classify.Run;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "lr-find", description = "Tries learning rates from small to large and suggests one.", footerHeading = "%nExamples%n", footer = {
        "  striate lr-find --model resnet20 --data cifar10.zip --out rates.png" })
final class RateFinder implements Runnable {
    @Option(names = "--model", required = true, paramLabel = "NET", converter = Source.Converter.class, description = Source.DESCRIPTION)
    private Source model;

    @Option(names = "--data", required = true, paramLabel = "DATA", description = "A data set's folder, .zip or name.")
    private String data;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "100", description = "How many rates to try (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--out", paramLabel = "F", description = "Also draw the losses over the rates (.png).")
    private Optional<Path> out;

    @Mixin
    private Settings settings;

    @Mixin
    private Machine machine;

    @Mixin
    private Output output;

    @Override
    public void run() {
        var splits = DataSets.open(data);
        var network = model.forClasses(Optional.empty(), splits.train().classes().size());
        var run = Run.of(network, splits, data, settings.recipe(network));
        var search = RateSearch.of(run, splits.train(), machine.start(), steps);
        out.ifPresent(file -> Pictures.write(search.picture(), file));
        output.print(search, () -> String.format(Locale.ROOT, "suggested rate %.2g, after %d steps from 1e-6 to %.2g",
                search.suggestion(), search.points().size(), search.points().getLast().rate()));
    }
}
