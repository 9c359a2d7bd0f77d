package dev.striate.vision.tasks;

import dev.striate.StriateException;
import dev.striate.data.region.ProposedBoxes;
import dev.striate.data.region.Proposing;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.graph.Parameters;
import dev.striate.recipe.Objective;
import dev.striate.region.RegionDetector;
import dev.striate.region.RegionTraining.Learns;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.Running;
import dev.striate.vision.detect.Detector;
import dev.striate.vision.detect.ObjectDetection;
import dev.striate.vision.detect.RegionProposals;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Outcome;
import dev.striate.vision.train.Run;
import dev.striate.vision.train.Trainable;
import dev.striate.vision.train.Training;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Faster R-CNN's alternating training (Ren et al. 2015, §3.2), each step a run in a folder of its own below the first:
/// 1. the region proposal network and the backbone;
/// 2. a Fast R-CNN on its proposals, with a backbone of its own that begins as the first did;
/// 3. a region proposal network on that backbone, which no longer changes;
/// 4. the head anew, on the proposals of 3. This one's model finds objects.
///
/// Steps that have ended are not repeated; the one that was interrupted goes on.
public final class FourSteps {
    private static final int PROPOSALS = 2000;

    private final Run run;
    private final RegionDetector detector;
    private final ObjectDetection detection;
    private final Splits splits;
    private final Path folder;
    private final Device device;
    private final Event.Listener listener;
    private volatile @Nullable Training current;
    private volatile boolean stopped;

    /// @param run the joint training of the same network by the same recipe, which each step takes
    /// @param folder of the last step; those of the others are in it
    public FourSteps(Run run, Splits splits, Path folder, Device device, Event.Listener listener) {
        if (!(run.task() instanceof Task.Detection task) || !RegionDetector.isIn(run.network())
                || RegionDetector.of(run.network()).anchors().isEmpty()) {
            throw StriateException.network("Four steps train a detector that proposes regions, such as "
                    + "faster_rcnn_small; received " + run.network().name() + ".");
        }
        this.run = run;
        detector = RegionDetector.of(run.network());
        detection = new ObjectDetection(task);
        this.splits = run.pictures(splits);
        this.folder = folder;
        this.device = device;
        this.listener = listener;
    }

    /// Trains, and gives the outcome of the last step or of that which was stopped.
    public Outcome run() {
        var first = folder.resolve("1-proposals");
        var outcome = train(new RegionProposals(detection), learning(Learns.PROPOSALS, this::isHead), splits, first);
        if (!outcome.complete()) return outcome;
        var second = folder.resolve("2-regions");
        outcome = train(detection, learning(Learns.BOTH, _ -> false)
                .withNetwork(RegionDetector.withoutAnchors(run.network())), proposed(first), second);
        if (!outcome.complete()) return outcome;
        var third = folder.resolve("3-proposals");
        outcome = train(new RegionProposals(detection),
                learning(Learns.PROPOSALS, node -> !detector.isProposing(node)).withStart(second), splits, third);
        if (!outcome.complete()) return outcome;
        return train(detection, learning(Learns.HEAD, node -> !isHead(node)).withStart(third), splits, folder);
    }

    private boolean isHead(String node) {
        return detector.head().nodes().stream().anyMatch(each -> each.name().equals(node));
    }

    /// The run, of which one part learns and some layers stay as they are.
    private Run learning(Learns learns, Predicate<String> frozen) {
        if (!(run.recipe().objective() instanceof Objective.Regions(var training))) {
            throw new StriateException("Four steps expect a recipe for regions; received the objective "
                    + run.recipe().objective() + ".");
        }
        return run.withRecipe(run.recipe().withObjective(new Objective.Regions(training.with(learns))))
                .withFrozen(frozen(frozen));
    }

    /// The names of all parameters of some layers, beside those that the run itself leaves as they are.
    private String frozen(Predicate<String> layers) {
        var nodes = run.network().nodes();
        var own = run.transfer().frozen();
        return Stream.concat(own.isEmpty() ? Stream.of() : Stream.of(own),
                Parameters.of(run.network()).stream().map(parameter -> nodes.get(parameter.node()).name()).distinct()
                        .filter(layers).map(name -> Pattern.quote(name) + "\\..*"))
                .collect(Collectors.joining("|"));
    }

    private Splits proposed(Path first) {
        try (var detector = Detector.open(first, new Running(device))) {
            return new Splits(splits.name(), proposed(splits.train(), detector, first, "training"),
                    splits.validation().map(validation -> proposed(validation, detector, first, "validation")),
                    proposed(splits.test(), detector, first, "test"), true);
        }
    }

    /// The proposals are kept beside the network that made them.
    private static DataSet proposed(DataSet pictures, Detector detector, Path first, String part) {
        return new Proposing(pictures, ProposedBoxes.of(first.resolve("proposals-" + part + ".safetensors"), pictures,
                PROPOSALS + " of the region proposal network", picture -> detector.proposals(picture, PROPOSALS)));
    }

    private Outcome train(Trainable task, Run step, Splits pictures, Path place) {
        var training = new Training(task, step, pictures, place, device, listener);
        current = training;
        if (stopped) training.stop();
        return training.run();
    }

    /// Asks the step at hand to save its place and end; from any thread.
    public void stop() {
        stopped = true;
        var training = current;
        if (training != null) training.stop();
    }
}
