package dev.striate.vision.tasks;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.graph.ClassTrees;
import dev.striate.json.Json;
import dev.striate.plan.Calibration;
import dev.striate.plan.Quantisation;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.Rounding;
import dev.striate.vision.Sampled;
import dev.striate.vision.classify.Remembering;
import dev.striate.vision.train.Measured;
import dev.striate.weights.ModelFile;
import dev.striate.yolo.YoloHeads;
import java.lang.foreign.Arena;
import java.util.OptionalDouble;

/// A model of any task that runs in int8, and what its layers lose by it.
public record Quantised(ModelFile file, Quantisation quantisation) {
    /// Calibrates a model on `n` pictures, evenly spread over a set, as it will be fed them.
    public static Quantised of(ModelFile file, DataSet pictures, int n, Calibration calibration) {
        try (var arena = Arena.ofConfined()) {
            var sample = Sampled.of(pictures, n, file.preprocessing(), arena);
            var quantisation = calibration.quantise(file.network(), file.tensors(), sample.pixels(), sample.count());
            return new Quantised(file.withQuantisation(Json.write(quantisation, Quantisation.class)), quantisation);
        }
    }

    /// What int8 changes on pictures whose truth is known.
    ///
    /// @param agreement of a classifier, the share of pictures to which both give the same answer
    public record Cost(Measured float32, Measured int8, OptionalDouble agreement) {}

    /// Measures the model both ways on a set, as its task is measured.
    public Cost cost(DataSet pictures) {
        var ordered = inOrder(pictures);
        var task = Tasks.of(file.labels().isEmpty() ? new Task.Classification(pictures.classes()) : file.task());
        task.check(file.network());
        task.check(ordered);
        var preparation = new Preparation(file.preprocessing());
        var network = file.network();
        try (var exact = new Remembering(Inference.onPlan(network, file.tensors()), network);
                var rounded = new Remembering(Inference.onPlan(network, file.tensors(), Rounding.of(file)), network)) {
            var float32 = task.measure(network, exact, preparation, ordered);
            var int8 = task.measure(network, rounded, preparation, ordered);
            return new Cost(float32, int8, file.task() instanceof Task.Classification
                    ? OptionalDouble.of(exact.agreement(rounded))
                    : OptionalDouble.empty());
        }
    }

    /// Classes are matched by name; those of a tree may be some of the model's.
    private DataSet inOrder(DataSet pictures) {
        if (pictures.size() == 0) throw new StriateException("Pictures to measure on were expected; received none.");
        if (file.labels().isEmpty()) return pictures;
        var hasTree = ClassTrees.of(file.network()).isPresent()
                || file.task() instanceof Task.Detection && YoloHeads.tree(file.network()).isPresent();
        return hasTree ? pictures.among(file.labels()) : pictures.withClasses(file.labels());
    }
}
