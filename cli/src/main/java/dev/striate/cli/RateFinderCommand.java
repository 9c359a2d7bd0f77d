package dev.striate.cli;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSets;
import dev.striate.graph.Shape;
import dev.striate.recipe.Recipe;
import dev.striate.vision.train.Memory;
import dev.striate.vision.train.LearningRateFinder;
import dev.striate.vision.train.LearningRateFinder.Point;
import dev.striate.vision.tasks.Tasks;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "lr-find", description = "Tries learning rates from small to large and suggests one.",
        footerHeading = "%nExamples%n", footer = {
                "  striate lr-find --model resnet20 --data cifar10.zip --out rates.png" })
final class RateFinderCommand implements Runnable {
    @Option(names = "--model", required = true, paramLabel = "NET", converter = Source.Converter.class,
            description = Source.DESCRIPTION)
    private Source model;

    @Option(names = "--data", required = true, paramLabel = "DATA", description = "A data set's folder, .zip or name.")
    private String data;

    @Option(names = "--input", paramLabel = "SHAPE", converter = ShapeConverter.class,
            description = "Another shape of picture for the network, as in 3x64x64.")
    private Optional<Shape> input;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0", description = "Only the first N pictures.")
    private int limit;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "100",
            description = "How many rates to try (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--out", paramLabel = "F", description = "Also draw the losses over the rates (.png).")
    private Optional<Path> out;

    @Mixin
    private RecipeOptions recipe;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private Output output;

    @Override
    public void run() {
        var all = DataSets.open(data);
        var splits = limit > 0 ? all.limit(limit) : all;
        var network = model.forTraining(input, Optional.of(splits.train().classes().size()));
        var asked = Tasks.run(network, splits, DataSets.place(data), recipe.recipe(network));
        var started = device.start();
        var run = recipe.fitsTheBatch() ? Memory.fitting(asked, started) : asked;
        var search = LearningRateFinder.of(run, splits.train(), started, steps);
        out.ifPresent(file -> Pictures.write(search.picture(), file));
        output.print(search, () -> text(search, run.recipe()));
    }

    private String text(LearningRateFinder search, Recipe recipe) {
        var lowest = search.points().stream().min(Comparator.comparingDouble(Point::loss)).orElseThrow();
        var last = search.points().getLast();
        return String.format(Locale.ROOT, """
                suggested rate %.2g: a tenth of %.2g, where the loss was lowest (%.3g)
                The recipe %s has %.2g. Tried were %d rates from %.0e to %.2g.%s
                """, search.suggestion(), lowest.rate(), lowest.loss(), recipe.name(), recipe.descent().rate(),
                search.points().size(), search.points().getFirst().rate(), last.rate(),
                out.map(file -> " " + file + " shows them.").orElse(""));
    }
}
