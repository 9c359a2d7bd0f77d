package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.data.set.Splits;
import dev.striate.files.FileErrors;
import dev.striate.graph.ClassTrees;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.task.Task;
import dev.striate.tree.ClassTree;
import dev.striate.weights.ModelFile;
import dev.striate.yolo.YoloHeads;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that a training is told, resolved before its first step: it is saved in the run's folder, and a resumed run reads it.
///
/// @param data the folder, file or name of the pictures
/// @param limit only so many pictures of each part; 0 for all
/// @param recompute whether cheap activations are computed again instead of kept: less memory, more time
public record Run(Task task, Network network, Preprocessing preprocessing, String data, int limit, Recipe recipe,
        boolean recompute, Limits limits, Transfer transfer) {
    static final String MODEL = "model.safetensors";

    public Run {
        transfer.check(network);
        recipe.pace().sizes().check(network);
        recipe.descent().check(network);
        if (!network.input().equals(preprocessing.input())) {
            throw StriateException.network("The network expects pictures of " + network.input()
                    + "; the preprocessing gives " + preprocessing.input() + ".");
        }
    }

    /// A run that trains all of a network by a recipe, with the preprocessing that suits the training pictures.
    ///
    /// @param data where the pictures come from, so that the run can be resumed
    public static Run of(Trainable task, Network network, Splits splits, String data, Recipe recipe) {
        return of(task, network, task.preprocessing(network.input(), splits.train()), data, recipe);
    }

    static Run of(Trainable task, Network network, Preprocessing preprocessing, String data, Recipe recipe) {
        task.check(network);
        return new Run(task.task(), network, preprocessing, data, 0, task.fitted(recipe, network), false, Limits.NONE,
                Transfer.NONE);
    }

    /// A run that goes on from a model's weights on other pictures: its network with outputs for their classes, and its
    /// preprocessing.
    ///
    /// @param from a model's file or a run's folder
    public static Run fineTuning(Trainable task, Path from, String data, Recipe recipe) {
        var file = model(from);
        var model = ModelFile.read(file);
        return of(task, task.fitted(model.network()), model.preprocessing(), data, recipe).withStart(file);
    }

    /// The names of the classes.
    public List<String> labels() {
        return task.labels();
    }

    public Run withNetwork(Network network) {
        return new Run(task, network, preprocessing, data, limit, recipe, recompute, limits, transfer);
    }

    public Run withLimit(int limit) {
        return new Run(task, network, preprocessing, data, limit, recipe, recompute, limits, transfer);
    }

    public Run withRecipe(Recipe recipe) {
        return new Run(task, network, preprocessing, data, limit, recipe, recompute, limits, transfer);
    }

    /// Freezes the parameters whose whole names match a regular expression.
    public Run withFrozen(String frozen) {
        return withTransfer(transfer.withFrozen(frozen));
    }

    /// Lets what is taken over from elsewhere learn at this share of the rate.
    public Run withOldRate(double oldRate) {
        return withTransfer(transfer.withOldRate(oldRate));
    }

    public Run withRecompute(boolean recompute) {
        return new Run(task, network, preprocessing, data, limit, recipe, recompute, limits, transfer);
    }

    public Run withLimits(Limits limits) {
        return new Run(task, network, preprocessing, data, limit, recipe, recompute, limits, transfer);
    }

    public Run withTransfer(Transfer transfer) {
        return new Run(task, network, preprocessing, data, limit, recipe, recompute, limits, transfer);
    }

    public Run withPreprocessing(Preprocessing preprocessing) {
        return new Run(task, network, preprocessing, data, limit, recipe, recompute, limits, transfer);
    }

    /// The same with a model's normalisation, which its weights have seen, where it is for as many channels; of a model for the
    /// same task with its way to the input's size too.
    public Run withPreprocessingOf(ModelFile model) {
        if (model.preprocessing().input().channels() != network.input().channels()) return this;
        var own = model.preprocessing().withSize(network.input().size());
        var isSameTask = model.task().getClass() == task.getClass();
        return withPreprocessing(isSameTask ? own : own.withFit(preprocessing.fit()));
    }

    /// The same with pictures brought to the network's size another way, in training and with the model that comes of it.
    public Run withFit(Preprocessing.Fit fit) {
        return withPreprocessing(preprocessing.withFit(fit));
    }

    /// Begins with the tensors of a file that fit the network by name and shape; the others start afresh.
    public Run withStart(Path from) {
        return withTransfer(Transfer.of(model(from), network).withFrozen(transfer.frozen())
                .withOldRate(transfer.oldRate()));
    }

    /// The pictures that the run uses of a data set's parts: for verification each identity in one part alone. Where the network has a tree of classes, theirs may be some of
    /// it.
    public Splits pictures(Splits splits) {
        if (task instanceof Task.Verification) {
            var seed = recipe.start().seed();
            return limit > 0 ? splits.apart(seed, limit) : splits.apart(seed);
        }
        var limited = limit > 0 ? splits.limit(limit) : splits;
        var tree = switch (task) {
            case Task.Detection _ -> YoloHeads.tree(network);
            case Task.Classification _ -> ClassTrees.of(network).map(Op.TreeLogits::tree);
            case Task.Localisation _ -> Optional.<ClassTree>empty();
            case Task.Segmentation _ -> Optional.<ClassTree>empty();
            case Task.Verification _ -> Optional.<ClassTree>empty();
        };
        return tree.isPresent() ? limited.among(task.labels()) : limited;
    }

    /// Reads the run of a folder.
    public static Run read(Path folder) {
        return RunFile.read(folder);
    }

    /// The best model of a run's folder; a file is its own.
    public static Path model(Path folderOrFile) {
        if (!Files.isDirectory(folderOrFile)) return folderOrFile;
        var model = folderOrFile.resolve(MODEL);
        if (Files.exists(model)) return model;
        throw StriateException.file("The folder of a run with a " + MODEL + " is expected at " + folderOrFile
                + (RunFile.isIn(folderOrFile) ? "; this run has not ended its first epoch."
                        : "; it has none."));
    }

    /// A folder for a new run below `runs`: the network's name, the data's, and the first number that is free.
    public static Path newFolder(Path runs, String network, String data) {
        var name = network + "-" + Stream.of(data.split(" \\+ ")).map(Run::plain).collect(Collectors.joining("+"));
        try {
            Files.createDirectories(runs);
            for (var number = 1;; number++) {
                var folder = runs.resolve(name + "-" + number);
                try {
                    return Files.createDirectory(folder);
                } catch (FileAlreadyExistsException _) {
                    // The next number, then.
                }
            }
        } catch (IOException e) {
            throw StriateException.file("A folder for the run could not be made in " + runs + ": "
                    + FileErrors.whyNotWritten(runs, e) + ".", e);
        }
    }

    private static String plain(String data) {
        var file = Path.of(data).getFileName();
        return file == null ? "data" : file.toString().replaceFirst("\\.zip$", "");
    }
}
