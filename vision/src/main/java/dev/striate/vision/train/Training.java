package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.graph.Parameter;
import dev.striate.recipe.FlatSettings;
import dev.striate.recipe.WeightDecay;
import dev.striate.torch.Device;
import dev.striate.torch.ParameterGroup;
import dev.striate.torch.Model;
import dev.striate.torch.Trainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.function.Function;

/// Carries out a [Run] in a folder: trains, evaluates after each epoch, keeps the best model, and saves its place so that
/// an interrupted run goes on at the very step and ends with the weights of an uninterrupted one.
public final class Training {
    private final Trainable task;
    private final Run run;
    private final Splits splits;
    private final Path folder;
    private final Device device;
    private final Event.Listener listener;
    private volatile boolean stopped;

    /// @param task the run's
    /// @param splits the pictures that the run names
    /// @param folder the run's own folder; it is made where it does not exist
    public Training(Trainable task, Run run, Splits splits, Path folder, Device device, Event.Listener listener) {
        this.task = task;
        this.run = run;
        this.splits = run.pictures(splits);
        this.folder = folder;
        this.device = device;
        this.listener = listener;
    }

    /// Asks the training to save its place and end after the step at hand; from any thread.
    public void stop() {
        stopped = true;
    }

    /// Trains from the folder's last checkpoint, or from the start where there is none. One training at a time works in a
    /// folder; a training that is refused leaves a folder that it made no trace.
    public Outcome run() {
        try (var claim = FolderClaim.of(folder)) {
            checkSameRun();
            BadPictures.list(splits.problems(), folder, warning -> listener.on(new Event.Warned(warning)));
            var train = usable(splits.train(), "training");
            var validation = usable(splits.validation().orElse(splits.test()), "validation");
            checkSize(run, train);
            Memory.available(device).ifPresent(available -> Memory.check(run, available));
            claim.keep();
            if (!Checkpoint.exists(folder)) warnOf(train);
            RunFile.write(run, folder);
            train = task.prepared(train, run.network(), folder, "training");
            validation = task.prepared(validation, run.network(), folder, "validation");
            try (var model = model();
                    var trainer = new Trainer(model, run.recipe(), run.recompute());
                    var log = new RunLog(run, folder)) {
                return new TrainingLoop(task, run, train, validation, folder, listener, this::isStopped, model, trainer,
                        log).run();
            }
        }
    }

    private void warnOf(DataSet train) {
        for (var warning : task.warnings(train, run.preprocessing())) listener.on(new Event.Warned(warning));
    }

    private boolean isStopped() {
        if (Thread.interrupted()) stopped = true;
        return stopped;
    }

    /// A folder's checkpoint goes on with the run that made it, and with no other.
    private void checkSameRun() {
        Checkpoint.removeLeftovers(folder);
        if (!Checkpoint.exists(folder)) return;
        var differences = FlatSettings.differences(Run.read(folder), run).stream()
                .filter(difference -> !difference.path().startsWith("limits.")).toList();
        if (differences.isEmpty()) return;
        var first = differences.getFirst();
        throw new StriateException("The folder " + folder + " holds a run with other settings ("
                + first.path() + " is " + first.first() + " there and " + first.second()
                + " here); expected the same run, or another folder.");
    }

    /// The pictures that a run can use, once their labels and, where broken ones are skipped, the files are checked.
    private DataSet usable(DataSet pictures, String part) {
        task.check(pictures);
        return switch (run.limits().badPictures()) {
            case FAIL -> new Inspected(pictures);
            case SKIP -> BadPictures.without(pictures, part, folder,
                    warning -> listener.on(new Event.Warned(warning)));
        };
    }

    static void checkSize(Run run, DataSet train) {
        var needed = run.recipe().pace().picturesPerStep();
        if (train.size() >= needed) return;
        throw new StriateException("A step of " + needed + " pictures expects at least as many for training; received "
                + train.size() + ".");
    }

    private Model model() {
        var recipe = run.recipe();
        var model = Model.fresh(run.network(), recipe.start(), device, recipe.precision(), grouping());
        // A checkpoint holds all tensors: the file that the run began with may be gone by then.
        if (run.transfer().isFromElsewhere() && !Checkpoint.exists(folder)) {
            var all = new LinkedHashMap<>(model.tensors());
            all.putAll(run.transfer().tensors(run.network(), model.tensors()));
            model.load(all);
        }
        return model;
    }

    private Function<Parameter, ParameterGroup> grouping() {
        var descent = run.recipe().descent();
        var exempts = descent.decay().exemption() == WeightDecay.Exemption.BIASES_AND_NORMS;
        return parameter -> {
            var name = parameter.name();
            if (run.transfer().freezes(name)) return ParameterGroup.FROZEN;
            return new ParameterGroup(run.transfer().rate(name) * descent.rateFactor(name),
                    !exempts || parameter.role() == Parameter.Role.WEIGHT);
        };
    }
}
