package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.region.Backbone;
import dev.striate.tree.WordTree;
import dev.striate.recipe.Preprocessing.Fit;
import dev.striate.task.Task;
import dev.striate.vision.train.Limits;
import dev.striate.vision.tasks.FourSteps;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Memory;
import dev.striate.vision.train.Outcome;
import dev.striate.vision.train.Run;
import dev.striate.vision.train.Trainable;
import dev.striate.vision.verify.Verification;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "train",
        description = "Trains a network on pictures with classes, boxes or masks, in a folder of its own.",
        footerHeading = "%nExamples%n", footer = {
                "  striate train --model lenet5 --data mnist",
                "  striate train --model resnet20 --data cifar10.zip --recipe quick --epochs 5 --seed 7",
                "  striate train --model resnet50 --data flowers/ --batch-size auto --dry-run     what it would take",
                "  striate train --data flowers/ --from resnet18.safetensors --freeze 'layer[12].*' --pretrained-rate 0.1",
                "  striate train --model yolov3_tiny --data street/ --from yolov3-tiny.safetensors --multi-scale 320-608",
                "  striate train --backbone resnet18.safetensors --data street/ --input 3x320x320",
                "  striate train --resume runs/resnet20-cifar10-1     resumes at the exact step",
                "",
                "Data is a folder or .zip of class folders (train/CLASS/*.jpg, test/CLASS/*.jpg, or only CLASS/*.jpg),",
                "IDX files, CIFAR's binary files, or mnist, fashion-mnist, cifar10, cifar100 in the folder STRIATE_DATA.",
                "Ctrl-C saves a checkpoint; the best model is model.safetensors in its folder.",
                "What was frozen learns again in a second run --from the first." })
final class TrainCommand implements Runnable {
    /// The pictures of a Faster R-CNN unless --input says otherwise: near the paper's 600 pixels.
    private static final int DETECTOR_SIDE = 608;
    /// A resumed run keeps its settings; these say how far it goes this time, and where.
    private static final Set<String> WITH_RESUME = Set.of("--resume", "--patience", "--time-budget", "--bad-pictures",
            "--bad-images", "--device", "--threads", "--json", "--verbose");

    @Option(names = "--model", paramLabel = "NET", converter = Source.Converter.class, description = Source.DESCRIPTION)
    private Optional<Source> model;

    @Option(names = "--backbone", paramLabel = "NET", converter = Source.Converter.class,
            description = "A classifier to make a Faster R-CNN of, in place of --model: a network's name, or a model's file, "
                    + "with whose weights it then begins.")
    private Optional<Source> backbone;

    @Option(names = "--data", paramLabel = "DATA", description = "A data set's folder, .zip or name.")
    private Optional<String> data;

    @Option(names = "--task", paramLabel = "TASK",
            description = "classify, detect, localise, segment or verify; otherwise what the data is labelled for.")
    private Optional<String> task;

    @Option(names = "--embed", paramLabel = "L",
            description = "For verification: make the embeddings of what this layer of the network shows, with its place in "
                    + "the picture, instead of the layer before the last.")
    private Optional<String> layer;

    @Option(names = "--mirrored",
            description = "For verification of faces: an embedding is the mean of a picture's and its mirror image's.")
    private boolean mirrored;

    @Option(names = "--tree", paramLabel = "FILE",
            description = "Classes that are kinds of one another, to classify or detect: a name and the line of its "
                    + "parent, from 0, to a line; -1 for none.")
    private Optional<Path> tree;

    @Option(names = "--input", paramLabel = "SHAPE", converter = ShapeConverter.class,
            description = "Another shape of picture for the network, as in 3x64x64.")
    private Optional<Shape> input;

    @Option(names = "--fit", paramLabel = "FIT", converter = FitConverter.class,
            description = "How pictures come to the network's size: letterbox keeps their aspect, on grey; stretch does "
                    + "not. Otherwise as the task or the model of --from has it.")
    private Optional<Fit> fit;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0",
            description = "Only the first N pictures of each part.")
    private int limit;

    @Mixin
    private RecipeOptions settings;

    @Mixin
    private TransferOptions beginning;

    @Option(names = "--four-steps",
            description = "Train a Faster R-CNN's proposals and regions in turn, four times the recipe, instead of both at once.")
    private boolean fourSteps;

    @Option(names = "--recompute", description = "Compute cheap activations twice: less memory, more time.")
    private boolean recompute;

    @Mixin
    private StopOptions ends;

    @Option(names = "--out", paramLabel = "FOLDER", description = "The run's folder; otherwise runs/NET-DATA-N.")
    private Optional<Path> out;

    @Option(names = "--resume", paramLabel = "RUN",
            description = "Resume an interrupted run; it keeps its settings.")
    private Optional<Path> resume;

    @Option(names = "--dry-run",
            description = "Run one batch from file to checkpoint, estimate the run's time and memory, and leave nothing behind.")
    private boolean dryRun;

    @Mixin
    private DeviceOptions machine;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        if (resume.isPresent()) {
            resume(resume.get());
            return;
        }
        var name = required(data, "--data, a data set's folder, .zip or name");
        var splits = DataSets.open(name, ends.of(Limits.NONE).badLabels());
        var run = prepared(limit > 0 ? splits.limit(limit) : splits, DataSets.place(name));
        if (dryRun) rehearse(run, splits);
        else train(run, splits, folder(run));
    }

    private void resume(Path folder) {
        var other = command.commandLine().getParseResult().matchedOptions().stream().map(option -> option.longestName())
                .filter(option -> !WITH_RESUME.contains(option)).findFirst();
        if (other.isPresent()) {
            throw misused("A resumed run keeps its settings, and takes no " + other.get());
        }
        var run = Run.read(folder);
        var limited = run.withLimits(ends.of(run.limits()));
        train(limited, DataSets.open(run.data(), limited.limits().badLabels()), folder);
    }

    private Run prepared(Splits splits, String place) {
        var trainable = trainable(splits);
        var network = network(trainable);
        var run = beginning.of(Run.of(trainable, network, splits, place, settings.recipe(network)),
                backbone.flatMap(Source::weights))
                .withLimit(limit).withRecompute(recompute);
        var fitted = fit.map(run::withFit).orElse(run);
        var limited = fitted.withLimits(ends.of(run.limits()));
        return settings.fitsTheBatch() ? Memory.fitting(limited, machine.start()) : limited;
    }

    private Trainable trainable(Splits splits) {
        if (tree.isEmpty()) {
            var known = task.map(name -> Tasks.named(name, splits)).orElseGet(() -> Tasks.suited(splits));
            if (layer.isEmpty() && !mirrored) return Tasks.of(known);
            if (known instanceof Task.Verification same) return new Verification(same.withMirrored(mirrored), layer);
            throw misused("--embed and --mirrored are for --task verify; received a training for " + known.words());
        }
        var words = WordTree.read(tree.get());
        var trainable = task.map(name -> Tasks.named(name, words)).orElseGet(() -> Tasks.suited(words, splits));
        splits.among(words.names());
        return trainable;
    }

    /// The network asked for or, where none is, that of the model to begin with; its last layers get another width.
    private Network network(Trainable trainable) {
        if (backbone.isPresent()) {
            if (model.isPresent()) throw misused("--backbone takes the place of --model; received both");
            return trainable.fitted(detector(backbone.get(), trainable.task().labels().size()));
        }
        if (model.isPresent() || beginning.from().isEmpty()) {
            var known = required(model, "--model, a network's name or a model's file");
            return trainable.fitted(known.forTraining(input, classes(trainable.task())));
        }
        var known = ModelFile.read(beginning.from().get()).network();
        return trainable.fitted(input.map(known::withInput).orElse(known));
    }

    /// Identities are no outputs of a network that tells whether two pictures show the same.
    private static Optional<Integer> classes(Task task) {
        return task instanceof Task.Verification ? Optional.empty() : Optional.of(task.labels().size());
    }

    private Network detector(Source backbone, int classes) {
        var classifier = backbone.network(Optional.empty(), Optional.empty());
        var shape = input.orElse(classifier.input().withSize(Size.square(DETECTOR_SIDE)));
        return Backbone.fasterRcnn(shape.size()).detector(classifier, shape, classes)
                .withName("faster_rcnn_" + classifier.name());
    }

    private ParameterException misused(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }

    private static <T> T required(Optional<T> option, String what) {
        return option.orElseThrow(() -> new StriateException("A training expects " + what + ", or --resume."));
    }

    private Path folder(Run run) {
        return out.orElseGet(() -> Run.newFolder(Path.of("runs"), run.network().name(), run.data()));
    }

    private void rehearse(Run run, Splits splits) {
        output.say(TrainTexts.of(run, splits));
        var rehearsed = Tasks.dryRun(run, splits, machine.start());
        output.print(TrainTexts.Rehearsed.of(run, rehearsed), () -> TrainTexts.of(rehearsed));
    }

    private void train(Run run, Splits splits, Path folder) {
        output.say(TrainTexts.of(run, splits));
        var progress = new Progress(output.err());
        if (fourSteps) {
            var steps = new FourSteps(run, splits, folder, machine.start(), progress);
            train(steps::run, steps::stop, folder);
        } else {
            var training = Tasks.training(run, splits, folder, machine.start(), progress);
            train(training::run, training::stop, folder);
        }
    }

    private void train(Supplier<Outcome> training, Runnable stop, Path folder) {
        try (var _ = new Interruption(stop)) {
            var outcome = training.get();
            output.print(TrainTexts.result(outcome, folder), () -> TrainTexts.of(outcome, folder));
        }
    }
}
