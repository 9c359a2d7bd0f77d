package dev.striate.vision.rcnn;

import dev.striate.StriateException;
import dev.striate.data.region.ProposedBoxes;
import dev.striate.data.region.RegionSet;
import dev.striate.data.region.RegionSet.LabelledRegion;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.files.FileErrors;
import dev.striate.graph.Shapes;
import dev.striate.json.Json;
import dev.striate.recipe.FlatSettings;
import dev.striate.torch.Device;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Training;
import dev.striate.weights.AtomicFile;
import dev.striate.weights.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes an R-CNN in a folder, stage after stage: proposals of the pictures, fine-tuning of the network, features of all
/// regions, and the machines that read them. What a stage made stays in a file and is not made again, so that an
/// interrupted training goes on where it was.
public final class RcnnTraining {
    static final String MODEL = "model.safetensors";
    static final String MACHINES = "machines.safetensors";
    private static final String RUN = "rcnn.json";
    private static final String PROPOSALS = "proposals.safetensors";
    private static final String VALIDATION = "proposals-validation.safetensors";
    private static final String FEATURES = "features.bin";
    private static final String FINE_TUNING = "fine-tuning";
    /// What may change in a folder.
    private static final List<String> REFITTED = List.of("settings.machines.", "settings.ridge", "settings.near");
    /// So many pictures say which epoch of the fine-tuning was best.
    private static final int VALIDATED = 200;

    private final RcnnRun run;
    private final DataSet train;
    private final DataSet validation;
    private final Path folder;
    private final Device device;
    private final Event.Listener listener;
    private final List<Stage> stages = new ArrayList<>();

    /// A part of the training, and how long it took; hardly any time where its file was there.
    public record Stage(String name, double seconds) {}

    /// @param splits pictures with lists of objects, of the run's classes
    /// @param folder its own; made where it does not exist
    /// @param listener hears of the fine-tuning
    public RcnnTraining(RcnnRun run, Splits splits, Path folder, Device device, Event.Listener listener) {
        this.run = run;
        train = splits.train().withClasses(run.labels());
        validation = splits.validation().orElse(splits.test()).withClasses(run.labels()).limit(VALIDATED);
        this.folder = folder;
        this.device = device;
        this.listener = listener;
    }

    /// Does what is left to do; gives each stage with its time.
    public List<Stage> run() {
        claim();
        stages.clear();
        var proposals = timed("proposals", () -> ProposedBoxes.of(folder.resolve(PROPOSALS), train,
                run.settings().search()));
        timed("fine-tuning", () -> fineTuned(proposals));
        if (isFitted()) return List.copyOf(stages);
        var regions = TrainingRegions.of(train, proposals);
        var features = timed("features", () -> features(regions));
        var machines = new MachineTraining(regions, features, run.settings(), length(run.settings().features()),
                length(run.settings().places()));
        var fitted = timed("machines", machines::machines);
        var moved = timed("regressions", machines::regressions);
        new RegionMachines(run.settings(), fitted, moved).write(folder.resolve(MACHINES));
        return List.copyOf(stages);
    }

    /// Whether the machines are there, and made by these settings.
    private boolean isFitted() {
        var file = folder.resolve(MACHINES);
        return Files.exists(file) && RegionMachines.read(file).settings().equals(run.settings());
    }

    private interface Work<T> {
        T done();
    }

    private <T> T timed(String name, Work<T> work) {
        var start = System.nanoTime();
        var made = work.done();
        stages.add(new Stage(name, (System.nanoTime() - start) / 1e9));
        return made;
    }

    /// Writes what the folder is for; refuses one that is for another run. Machines and regressions alone may be others: to
    /// fit them again takes little of what a training takes.
    private void claim() {
        var file = folder.resolve(RUN);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                check(Json.read(Files.readString(file), RcnnRun.class, file.toString()));
            }
            AtomicFile.write(file, Json.indented(Json.tree(run, RcnnRun.class)) + "\n");
        } catch (IOException e) {
            throw StriateException.file("A folder for an R-CNN was expected at " + folder + ": "
                    + FileErrors.whyNotWritten(folder, e) + ".", e);
        }
    }

    private void check(RcnnRun known) {
        for (var first : FlatSettings.differences(known, run)) {
            if (REFITTED.stream().anyMatch(first.path()::startsWith)) continue;
            throw new StriateException("The folder " + folder + " holds an R-CNN with other settings (" + first.path()
                    + " is " + first.first() + " there and " + first.second()
                    + " here); expected the same, or another folder.");
        }
    }

    private ModelFile fineTuned(ProposedBoxes proposals) {
        var model = folder.resolve(MODEL);
        if (Files.exists(model)) return ModelFile.read(model);
        var toTrain = set(train, drawn(train, proposals));
        var toValidate = set(validation, drawn(validation,
                ProposedBoxes.of(folder.resolve(VALIDATION), validation, run.settings().search())));
        var splits = new Splits("regions", toTrain, Optional.of(toValidate), toValidate, true);
        var outcome = new Training(RcnnRun.task(run.labels()), run.fineTuning(), splits, folder.resolve(FINE_TUNING),
                device, listener).run();
        var best = ModelFile.read(outcome.model());
        best.write(model);
        return best;
    }

    private List<LabelledRegion> drawn(DataSet pictures, ProposedBoxes proposals) {
        return RegionSet.drawn(pictures, proposals, run.settings().sampling(), run.recipe().start().seed());
    }

    private RegionSet set(DataSet pictures, List<LabelledRegion> regions) {
        return new RegionSet(pictures, regions, run.settings().warp(), run.network().input().size(),
                RegionNetwork.fill(run.preprocessing().mean()));
    }

    private RegionFeatures features(TrainingRegions regions) {
        var file = folder.resolve(FEATURES);
        var layers = RegionNetwork.layers(run.settings());
        if (!Files.exists(file)) {
            try (var network = new RegionNetwork(ModelFile.read(folder.resolve(MODEL)), run.settings())) {
                RegionFeatures.write(file, set(train, regions.all()), network, layers);
            }
        }
        return RegionFeatures.read(file, regions.size(), layers.stream().mapToLong(this::length).sum());
    }

    private int length(String layer) {
        return Math.toIntExact(Shapes.of(run.network()).get(run.network().index(layer)).elements());
    }
}
