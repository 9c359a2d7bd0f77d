package dev.striate.vision.detect;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.region.ProposedBoxes;
import dev.striate.data.region.Proposing;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Targets;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.region.RegionDetector;
import dev.striate.region.RegionTraining;
import dev.striate.target.Target;
import dev.striate.task.Task;
import dev.striate.tree.ClassTree;
import dev.striate.vision.Inference;
import dev.striate.vision.detect.anchors.ObjectWarnings;
import dev.striate.vision.train.Trainable;
import dev.striate.yolo.OtherClasses;
import dev.striate.yolo.YoloHeads;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Training of detectors, which say what the objects in a picture are, and where.
///
/// @param tree which of the task's classes is a kind of which, for a network that does not know yet
public record ObjectDetection(Task.Detection task, Optional<ClassTree> tree) implements Trainable {
    /// Detection of classes as the network has them.
    public ObjectDetection(Task.Detection task) {
        this(task, Optional.empty());
    }

    @Override
    public Network fitted(Network network) {
        if (RegionDetector.isIn(network) && tree.isEmpty()) {
            return RegionDetector.withClasses(network, task.labels().size());
        }
        refuseOthers(network);
        if (tree.isPresent()) return OtherClasses.of(network, tree.get());
        var classes = task.labels().size();
        return YoloHeads.of(network).classes() == classes ? network : OtherClasses.of(network, classes);
    }

    @Override
    public void check(Network network) {
        var has = classes(network);
        if (has == task.labels().size()) return;
        throw StriateException.network("Detection of " + task.labels().size() + " classes expects outputs for as many; "
                + network.name() + " has outputs for " + has + ".");
    }

    private static int classes(Network network) {
        if (RegionDetector.isIn(network)) return RegionDetector.of(network).classes();
        refuseOthers(network);
        return YoloHeads.of(network).classes();
    }

    private static void refuseOthers(Network network) {
        if (YoloHeads.areIn(network)) return;
        throw StriateException.network("Detection expects a network whose outputs are boxes, such as yolov3_tiny or a "
                + "Darknet .cfg; " + network.name() + " has " + network.outputs().keySet() + ".");
    }

    @Override
    public Recipe fitted(Recipe recipe, Network network) {
        if (RegionDetector.isIn(network)) {
            return recipe.objective() instanceof Objective.Regions ? recipe
                    : recipe.withObjective(new Objective.Regions(RegionTraining.fasterRcnn()));
        }
        return recipe.objective() instanceof Objective.Yolo ? recipe : recipe.withObjective(new Objective.Yolo());
    }

    /// The whole picture, its aspect kept, values from 0 to 1, as Darknet has them.
    @Override
    public Preprocessing preprocessing(Shape input, DataSet pictures) {
        return Preprocessing.plain(input, Preprocessing.Letterbox.DARKNET);
    }

    /// Refuses a set without lists of boxes, and objects without a class. A picture without objects is as good as others, and
    /// beside pictures with boxes some may have a class alone.
    @Override
    public void check(DataSet pictures) {
        var classes = pictures.classes().size();
        var boxed = boxed(pictures);
        if (boxed.length == 0) objects(pictures, 0);
        for (var i = 0; i < pictures.size(); i++) {
            if (pictures.target(i) instanceof Target.Label) continue;
            for (var object : objects(pictures, i).boxes()) {
                if (object.label() >= 0 && object.label() < classes) continue;
                throw new StriateException("An object of class 0 to " + (classes - 1) + " was expected; "
                        + pictures.name(i) + " has one of class " + object.label() + ".");
            }
        }
    }

    /// The pictures that have boxes, or none because nothing is in them.
    private static int[] boxed(DataSet pictures) {
        return IntStream.range(0, pictures.size()).filter(i -> pictures.target(i) instanceof Target.Objects).toArray();
    }

    /// A detector with regions that proposes none itself learns from those of selective search.
    @Override
    public DataSet prepared(DataSet pictures, Network network, Path folder, String part) {
        if (!RegionDetector.isIn(network)) return pictures;
        var detector = RegionDetector.of(network);
        if (detector.anchors().isPresent() || Proposing.is(pictures)) return pictures;
        return new Proposing(pictures, ProposedBoxes.of(folder.resolve("proposals-" + part + ".safetensors"), pictures,
                SelectiveSearches.of(detector.input())));
    }

    @Override
    public List<String> warnings(DataSet pictures, Preprocessing preprocessing) {
        return ObjectWarnings.of(pictures, preprocessing);
    }

    /// The objects in a picture.
    static Target.Objects objects(DataSet pictures, int index) {
        if (pictures.target(index) instanceof Target.Objects objects) return objects;
        throw new StriateException("Detection expects boxes for each picture; " + pictures.name(index) + " has "
                + Targets.describe(pictures.target(index)) + ".");
    }

    @Override
    public MeasuredDetection measure(Network network, Inference inference, Preparation preparation, DataSet pictures) {
        var boxed = boxed(pictures);
        var finder = BoxFinder.of(network, inference, preparation);
        return MeasuredDetection.of(finder,
                finder.prepared(boxed.length == pictures.size() ? pictures : pictures.subset(boxed)));
    }
}
