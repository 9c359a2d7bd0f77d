package dev.striate.vision.tasks;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.data.set.Targets;
import dev.striate.graph.Network;
import dev.striate.recipe.Recipe;
import dev.striate.target.Target;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.tree.WordTree;
import dev.striate.vision.classify.Classification;
import dev.striate.vision.detect.ObjectDetection;
import dev.striate.vision.localise.Localisation;
import dev.striate.vision.segment.Segmentation;
import dev.striate.vision.train.DryRun;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Run;
import dev.striate.vision.train.Trainable;
import dev.striate.vision.train.Training;
import dev.striate.vision.verify.Verification;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where training begins, whatever the task: finds out from the pictures what there is to learn.
public final class Tasks {
    private Tasks() {}

    /// What training asks of a task.
    public static Trainable of(Task task) {
        return switch (task) {
            case Task.Classification classification -> new Classification(classification);
            case Task.Detection detection -> new ObjectDetection(detection);
            case Task.Localisation localisation -> new Localisation(localisation);
            case Task.Segmentation segmentation -> new Segmentation(segmentation);
            case Task.Verification verification -> new Verification(verification);
        };
    }

    /// Detection of the classes of a tree: pictures teach their own classes and those above.
    public static Trainable of(WordTree words) {
        return new ObjectDetection(new Task.Detection(words.names()), Optional.of(words.tree()));
    }

    /// The same as classification: pictures have a class each, and no box.
    public static Trainable classification(WordTree words) {
        return new Classification(new Task.Classification(words.names()), Optional.of(words.tree()));
    }

    /// What a tree of classes suits: detection where a picture to train on has boxes, else classification.
    public static Trainable suited(WordTree words, Splits splits) {
        var pictures = splits.train();
        var haveBoxes = IntStream.range(0, pictures.size())
                .anyMatch(i -> pictures.target(i) instanceof Target.Objects);
        return haveBoxes ? of(words) : classification(words);
    }

    /// The task of this name for a tree of classes, `classify` or `detect`; refuses another.
    public static Trainable named(String name, WordTree words) {
        return switch (name) {
            case "classify" -> classification(words);
            case "detect" -> of(words);
            default -> throw new StriateException("A tree of classes expects the task classify or detect; received '"
                    + name + "'.");
        };
    }

    /// The task for what a data set knows of its pictures: their classes, the box of one object in each, boxes, masks.
    public static Task suited(Splits splits) {
        var pictures = splits.train();
        var target = pictures.target(0);
        return switch (target) {
            case Target.Label _ -> new Task.Classification(pictures.classes());
            case Target.Objects _ -> haveOneObject(pictures) ? new Task.Localisation(pictures.classes())
                    : new Task.Detection(pictures.classes());
            case Target.Mask _ -> new Task.Segmentation(pictures.classes());
            case Target.None _ -> throw new StriateException("Pictures with classes, boxes or masks were expected; "
                    + pictures.name(0) + " has " + Targets.describe(target) + ".");
        };
    }

    private static boolean haveOneObject(DataSet pictures) {
        return IntStream.range(0, pictures.size())
                .allMatch(i -> pictures.target(i) instanceof Target.Objects(var boxes, _) && boxes.size() == 1);
    }

    /// The task of this name: `classify`, `detect`, `localise`, `segment` or `verify`.
    public static Task named(String name, Splits splits) {
        var labels = splits.train().classes();
        return switch (name) {
            case "classify" -> new Task.Classification(labels);
            case "detect" -> new Task.Detection(labels);
            case "localise" -> new Task.Localisation(labels);
            case "segment" -> new Task.Segmentation(labels);
            case "verify" -> new Task.Verification(labels);
            default ->
                throw new StriateException(
                        "A task was expected: classify, detect, localise, segment or verify; received '" + name
                                + "'.");
        };
    }

    /// A run that trains a network by a recipe for the task that suits the pictures.
    ///
    /// @param data where the pictures come from, so that the run can be resumed
    public static Run run(Network network, Splits splits, String data, Recipe recipe) {
        return Run.of(of(suited(splits)), network, splits, data, recipe);
    }

    /// A run that goes on from a model's weights on other pictures, with outputs for their classes.
    ///
    /// @param from a model's file or a run's folder
    public static Run fineTuning(Path from, Splits splits, String data, Recipe recipe) {
        return Run.fineTuning(of(suited(splits)), from, data, recipe);
    }

    /// The training of a run, in a folder of its own.
    public static Training training(Run run, Splits splits, Path folder, Device device, Event.Listener listener) {
        return new Training(of(run.task()), run, splits, folder, device, listener);
    }

    /// Takes one batch of a run the whole way, to say what the run would take.
    public static DryRun dryRun(Run run, Splits splits, Device device) {
        return DryRun.of(of(run.task()), run, splits, device);
    }
}
