package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Shape;
import dev.striate.recipe.Recipes;
import dev.striate.vision.classify.Outcome;
import dev.striate.vision.classify.Run;
import dev.striate.vision.classify.Training;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "train", description = "Trains a network on labelled pictures, in a folder of its own.", footerHeading = "%nExamples%n", footer = {
        "  striate train --model lenet5 --data mnist",
        "  striate train --model resnet20 --data cifar10.zip --recipe quick --epochs 5 --seed 7",
        "  striate train --model resnet18 --data flowers/ --from imagenet.safetensors --freeze 'layer[12].*'",
        "  striate train --resume runs/resnet20-cifar10-1     goes on at the very step",
        "",
        "Data is a folder or .zip of class folders (train/CLASS/*.jpg, test/CLASS/*.jpg, or only CLASS/*.jpg),",
        "IDX files, CIFAR's binary files, or mnist, fashion-mnist, cifar10, cifar100 in the folder STRIATE_DATA.",
        "Ctrl-C saves the training's place; the best model is model.safetensors in its folder." })
final class Train implements Runnable {
    @Option(names = "--model", paramLabel = "NET", converter = Source.Converter.class, description = Source.DESCRIPTION)
    private Optional<Source> model;

    @Option(names = "--data", paramLabel = "DATA", description = "A data set's folder, .zip or name.")
    private Optional<String> data;

    @Option(names = "--input", paramLabel = "SHAPE", converter = ShapeConverter.class, description = "Another shape of picture for the network, as in 3x64x64.")
    private Optional<Shape> input;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0", description = "Only the first N pictures of each part.")
    private int limit;

    @Mixin
    private Settings settings;

    @Option(names = "--from", paramLabel = "MODEL", description = "Begin with the weights of a model's file or run, where names and shapes fit.")
    private Optional<Path> from;

    @Option(names = "--freeze", paramLabel = "REGEX", defaultValue = "", description = "Parameters that keep their values, by name.")
    private String frozen;

    @Option(names = "--recompute", description = "Compute cheap activations twice: less memory, more time.")
    private boolean recompute;

    @Option(names = "--out", paramLabel = "FOLDER", description = "The run's folder; otherwise runs/NET-DATA-N.")
    private Optional<Path> out;

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with an interrupted run; it keeps its settings.")
    private Optional<Path> resume;

    @Option(names = "--dry-run", description = "Say what would be done, and stop.")
    private boolean dryRun;

    @Mixin
    private Machine machine;

    @Mixin
    private Output output;

    /// The JSON of a training that ended.
    record Result(double accuracy, double loss, double imagesPerSecond, double bestAccuracy, int epochs, long steps,
            String model, String run, boolean complete) {
        static Result of(Outcome outcome, Path folder) {
            return new Result(outcome.accuracy(), outcome.loss(), outcome.imagesPerSecond(), outcome.bestAccuracy(),
                    outcome.epochs(), outcome.steps(), outcome.model().toString(), folder.toString(),
                    outcome.complete());
        }
    }

    @Override
    public void run() {
        if (resume.isPresent()) {
            var run = Run.read(resume.get());
            train(run, DataSets.open(run.data()), resume.get());
            return;
        }
        var name = required(data, "--data, a data set's folder, .zip or name");
        var splits = DataSets.open(name);
        var run = prepared(splits, name);
        if (dryRun) output.print(run, () -> text(run, splits));
        else train(run, splits, folder(run));
    }

    private Run prepared(Splits splits, String name) {
        var source = required(model, "--model, a network's name or a model's file");
        var network = source.forClasses(input, splits.train().classes().size());
        var run = Run.of(network, splits, DataSets.place(name), settings.recipe(network))
                .withLimit(limit).withFrozen(frozen).withRecompute(recompute);
        return start().map(run::withPreprocessingOf).orElse(run);
    }

    private Optional<ModelFile> start() {
        return from.map(Run::model).map(ModelFile::read);
    }

    private static <T> T required(Optional<T> option, String what) {
        return option.orElseThrow(() -> new StriateException("A training expects " + what + ", or --resume."));
    }

    private Path folder(Run run) {
        return out.orElseGet(() -> Run.newFolder(Path.of("runs"), run.network().name(), run.data()));
    }

    private void train(Run run, Splits splits, Path folder) {
        output.say(text(run, splits));
        output.say("Training into " + folder + " …");
        var start = start().map(run::start);
        var training = new Training(run, splits, folder, machine.start(), new Progress(output.err()), start);
        try (var _ = new Interruption(training::stop)) {
            var outcome = training.run();
            output.print(Result.of(outcome, folder), () -> text(outcome, folder));
        }
    }

    private static String text(Run run, Splits splits) {
        return run.network().name() + " on " + splits.name() + ", " + splits.train().size() + " pictures of "
                + run.labels().size() + " classes\n" + Recipes.describe(run.recipe()).indent(2).stripTrailing();
    }

    private static String text(Outcome outcome, Path folder) {
        if (!outcome.complete()) {
            return "Stopped after step " + outcome.steps() + "; `striate train --resume " + folder + "` goes on.";
        }
        return String.format(Locale.ROOT, "accuracy %.4f (best %.4f)  loss %.4f  %.0f images/s%nmodel %s",
                outcome.accuracy(), outcome.bestAccuracy(), outcome.loss(), outcome.imagesPerSecond(),
                outcome.model());
    }
}
