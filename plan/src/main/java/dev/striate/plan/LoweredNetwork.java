package dev.striate.plan;

import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.onednn.WorkerThreads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A network as steps, whatever the batch.
///
/// @param outputs the values that are the network's outputs, in their order; one may be two of them
record LoweredNetwork(Network network, List<Shape> shapes, List<PlanStep> steps, List<Integer> outputs) {
    /// Multiply-accumulates from which threads save more than they need to meet: once a run where each has its own part of
    /// the batch, after each step where they share one.
    private static final long LARGE_FOR_PARTS = 1L << 20;
    private static final long LARGE_FOR_STEPS = 1L << 22;

    LoweredNetwork {
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
    }

    /// The steps of a stage, which gives the only value that those behind it read, or the outputs.
    LoweredNetwork part(Stage stage) {
        var part = steps.subList(stage.from(), stage.to());
        return new LoweredNetwork(network, shapes, part,
                stage.to() == steps.size() ? outputs : List.of(part.getLast().output()));
    }

    boolean gives(int value) {
        return outputs.contains(value);
    }

    Shape shape(int value) {
        return shapes.get(value);
    }

    /// The steps that read each value.
    Map<Integer, List<PlanStep>> readers() {
        var readers = new HashMap<Integer, List<PlanStep>>();
        for (var step : steps) {
            for (var value : step.reads()) readers.computeIfAbsent(value, _ -> new ArrayList<>()).add(step);
        }
        return readers;
    }

    /// For each value the last step that reads it; −1 if none does, a number beyond all steps for an output.
    int[] lastReaders() {
        var last = new int[shapes.size()];
        java.util.Arrays.fill(last, -1);
        for (var i = 0; i < steps.size(); i++) for (var value : steps.get(i).reads()) last[value] = i;
        for (var output : outputs) last[output] = steps.size();
        return last;
    }

    /// Whether a run stays on one thread: as a part of a batch, or because sharing it out costs what the others save.
    boolean alone(int pictures) {
        return divides(pictures) || work(pictures) < LARGE_FOR_STEPS;
    }

    /// In how many equal parts a batch runs.
    int parts(int pictures) {
        return divides(pictures) ? WorkerThreads.size() : 1;
    }

    private long work(int pictures) {
        return pictures * Costs.of(network).macs();
    }

    /// Whether a batch is run in equal parts, one for each thread. Observations look at one picture after another.
    boolean divides(int pictures) {
        return pictures > 1 && work(pictures) >= LARGE_FOR_PARTS && WorkerThreads.available()
                && pictures % WorkerThreads.size() == 0
                && steps.stream().noneMatch(step -> step.computation() instanceof Computation.Probe);
    }
}
