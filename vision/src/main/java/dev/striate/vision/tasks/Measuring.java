package dev.striate.vision.tasks;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.graph.ClassTrees;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Measured;
import dev.striate.vision.train.Trainable;
import dev.striate.weights.ModelFile;
import dev.striate.yolo.YoloHeads;

/// How well a model's task is done on pictures whose truth is known, by one engine and by another.
record Measuring(ModelFile file, Trainable task, DataSet pictures) {
    /// Refuses pictures that are not for the model's task.
    static Measuring of(ModelFile file, DataSet pictures) {
        var ordered = inOrder(file, pictures);
        var task = Tasks.of(file.labels().isEmpty() ? new Task.Classification(pictures.classes()) : file.task());
        task.check(file.network());
        task.check(ordered);
        return new Measuring(file, task, ordered);
    }

    /// Classes are matched by name; those of a tree may be some of the model's.
    private static DataSet inOrder(ModelFile file, DataSet pictures) {
        if (pictures.size() == 0) throw new StriateException("Pictures to measure on were expected; received none.");
        if (file.labels().isEmpty()) return pictures;
        var hasTree = ClassTrees.of(file.network()).isPresent()
                || file.task() instanceof Task.Detection && YoloHeads.tree(file.network()).isPresent();
        return hasTree ? pictures.among(file.labels()) : pictures.withClasses(file.labels());
    }

    Measured by(Inference inference) {
        return task.measure(file.network(), inference, new Preparation(file.preprocessing()), pictures);
    }
}
