package dev.striate.vision.tasks;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.plan.Calibration;
import dev.striate.plan.Numbers;
import dev.striate.plan.Quantisation;
import dev.striate.region.RegionDetector;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.InferencePrecision;
import dev.striate.vision.Sampled;
import dev.striate.vision.classify.Remembering;
import dev.striate.vision.train.Measured;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.util.OptionalDouble;

/// A model of any task that runs in other numbers than float32 on the CPU.
public record Quantised(ModelFile file, Numbers numbers) {
    /// In bf16, which needs no calibration.
    public static Quantised inBf16(ModelFile file) {
        return of(file, Numbers.Real.BF16);
    }

    private static Quantised of(ModelFile file, Numbers numbers) {
        return new Quantised(InferencePrecision.marked(file, numbers), numbers);
    }

    /// Calibrates a model on `n` pictures, evenly spread over a set, as it will be fed them; refuses a detector with regions.
    public static Quantised of(ModelFile file, DataSet pictures, int n, Calibration calibration) {
        if (RegionDetector.isIn(file.network())) {
            throw StriateException.network("int8 expects a network that one pass runs; " + file.network().name()
                    + " is a detector with regions, whose halves run in float32.");
        }
        try (var arena = Arena.ofConfined()) {
            var sample = Sampled.of(pictures, n, file.preprocessing(), arena);
            var quantisation = calibration.quantise(file.network(), file.tensors(), sample.pixels(), sample.count());
            return of(file, quantisation);
        }
    }

    /// What the layers in int8 lose by it; nothing is known of others.
    public Quantisation quantisation() {
        return numbers instanceof Quantisation quantisation ? quantisation : Quantisation.NONE;
    }

    /// What rounding changes on pictures whose truth is known.
    ///
    /// @param agreement of a classifier, the share of pictures to which both give the same answer
    public record Cost(Measured float32, Measured rounded, OptionalDouble agreement) {}

    /// Measures the model both ways on a set, as its task is measured.
    public Cost cost(DataSet pictures) {
        var measuring = Measuring.of(file, pictures);
        var network = file.network();
        try (var exact = new Remembering(Inference.onPlan(network, file.tensors()), network);
                var rounded = new Remembering(Inference.onPlan(network, file.tensors(), numbers), network)) {
            var float32 = measuring.by(exact);
            return new Cost(float32, measuring.by(rounded), file.task() instanceof Task.Classification
                    ? OptionalDouble.of(exact.agreement(rounded))
                    : OptionalDouble.empty());
        }
    }
}
