package dev.striate.vision.tasks;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.json.Json;
import dev.striate.plan.Calibration;
import dev.striate.plan.Quantisation;
import dev.striate.region.RegionDetector;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.Rounding;
import dev.striate.vision.Sampled;
import dev.striate.vision.classify.Remembering;
import dev.striate.vision.train.Measured;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.util.OptionalDouble;

/// A model of any task that runs in int8, and what its layers lose by it.
public record Quantised(ModelFile file, Quantisation quantisation) {
    /// Calibrates a model on `n` pictures, evenly spread over a set, as it will be fed them; refuses a detector with regions.
    public static Quantised of(ModelFile file, DataSet pictures, int n, Calibration calibration) {
        if (RegionDetector.isIn(file.network())) {
            throw StriateException.network("int8 expects a network that one pass runs; " + file.network().name()
                    + " is a detector with regions, whose halves run in float32.");
        }
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
        var measuring = Measuring.of(file, pictures);
        var network = file.network();
        try (var exact = new Remembering(Inference.onPlan(network, file.tensors()), network);
                var rounded = new Remembering(Inference.onPlan(network, file.tensors(), Rounding.of(file)), network)) {
            var float32 = measuring.by(exact);
            var int8 = measuring.by(rounded);
            return new Cost(float32, int8, file.task() instanceof Task.Classification
                    ? OptionalDouble.of(exact.agreement(rounded))
                    : OptionalDouble.empty());
        }
    }
}
