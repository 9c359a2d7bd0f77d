package dev.striate.vision.detect;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Targets;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.target.Target;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.anchors.ObjectWarnings;
import dev.striate.vision.train.Trainable;
import dev.striate.yolo.OtherClasses;
import dev.striate.yolo.YoloHeads;
import java.util.List;

/// Training of YOLO's networks, which say what the objects in a picture are, and where.
public record ObjectDetection(Task.Detection task) implements Trainable {
    @Override
    public Network fitted(Network network) {
        refuseOthers(network);
        var classes = task.labels().size();
        return YoloHeads.of(network).classes() == classes ? network : OtherClasses.of(network, classes);
    }

    @Override
    public void check(Network network) {
        refuseOthers(network);
        var has = YoloHeads.of(network).classes();
        if (has == task.labels().size()) return;
        throw StriateException.network("Detection of " + task.labels().size() + " classes expects outputs for as many; "
                + network.name() + " has outputs for " + has + ".");
    }

    private static void refuseOthers(Network network) {
        if (YoloHeads.areIn(network)) return;
        throw StriateException.network("Detection expects a network whose outputs are boxes, such as yolov3_tiny or a "
                + "Darknet .cfg; " + network.name() + " has " + network.outputs().keySet() + ".");
    }

    @Override
    public Recipe fitted(Recipe recipe) {
        return recipe.objective() instanceof Objective.Yolo ? recipe : recipe.withObjective(new Objective.Yolo());
    }

    /// The whole picture, its aspect kept, values from 0 to 1, as Darknet has them.
    @Override
    public Preprocessing preprocessing(Shape input, DataSet pictures) {
        return Preprocessing.plain(input, Preprocessing.Letterbox.DARKNET);
    }

    /// Refuses pictures without boxes' lists, and objects without a class; a picture without objects is as good as others.
    @Override
    public void check(DataSet pictures) {
        var classes = pictures.classes().size();
        for (var i = 0; i < pictures.size(); i++) {
            for (var object : objects(pictures, i).boxes()) {
                if (object.label() >= 0 && object.label() < classes) continue;
                throw new StriateException("An object of class 0 to " + (classes - 1) + " was expected; "
                        + pictures.name(i) + " has one of class " + object.label() + ".");
            }
        }
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
        return MeasuredDetection.of(inference, new YoloDecoder(YoloHeads.of(network), preparation), pictures);
    }
}
