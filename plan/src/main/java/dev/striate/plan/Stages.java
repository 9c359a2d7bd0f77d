package dev.striate.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Decides in which stages a batch goes through the steps of a plan, and in pieces of how many pictures.
///
/// A batch that the threads share has a piece for each. Where maps are large and weights few, fewer pictures go at once, so
/// that a layer finds in the cache what the one before has written; fully connected layers with more weights than a cache holds
/// read them once for the whole batch, where each thread would for its own piece.
final class Stages {
    /// Bytes of weights that are worth another stage.
    private static final long LARGE = 1L << 24;
    /// Bytes of a second-level cache.
    private static final long CACHE = 1L << 20;

    private final LoweredNetwork lowered;
    private final StepTypes types;
    private final TreeMap<Integer, Integer> ends;

    private Stages(LoweredNetwork lowered, StepTypes types) {
        this.lowered = lowered;
        this.types = types;
        ends = ends(lowered);
    }

    static List<Stage> of(LoweredNetwork lowered, StepTypes types, int batch) {
        var all = lowered.steps().size();
        if (!lowered.divides(batch)) return List.of(new Stage(0, all, 0, batch, lowered.alone(batch)));
        return new Stages(lowered, types).shared(batch, batch / lowered.parts(batch));
    }

    private List<Stage> shared(int batch, int piece) {
        var all = lowered.steps().size();
        var light = end(lightSteps());
        var few = fewer(piece, light);
        var head = few < piece ? light : 0;
        var products = fullyConnected();
        var tail = products > 0 ? end(all - products) : 0;
        var stages = new ArrayList<Stage>();
        if (head > 0) stages.add(new Stage(0, head, 0, few, true));
        if (tail <= head) {
            stages.add(new Stage(head, all, input(head), piece, true));
        } else {
            stages.add(new Stage(head, tail, input(head), piece, true));
            stages.add(new Stage(tail, all, input(tail), batch, false));
        }
        return List.copyOf(stages);
    }

    /// Where a stage may end: behind which steps a single value is all that later ones read, and that value.
    private static TreeMap<Integer, Integer> ends(LoweredNetwork lowered) {
        var ends = new TreeMap<Integer, Integer>();
        var last = lowered.lastReaders();
        var read = new ArrayList<>(List.of(0));
        for (var i = 0; i < lowered.steps().size() - 1; i++) {
            var step = i;
            var output = lowered.steps().get(i).output();
            read.add(output);
            read.removeIf(value -> last[value] <= step);
            if (read.equals(List.of(output)) && !lowered.gives(output)) ends.put(i + 1, output);
        }
        return ends;
    }

    /// The last end of a stage within so many steps; 0 if there is none.
    private int end(int steps) {
        var end = ends.floorKey(steps);
        return end == null ? 0 : end;
    }

    private int input(int from) {
        return ends.getOrDefault(from, 0);
    }

    /// How many steps from the first one on have weights of no more bytes than what they read and write of a picture.
    private int lightSteps() {
        for (var i = 0; i < lowered.steps().size(); i++) {
            var step = lowered.steps().get(i);
            if (weightBytes(step) > valueBytes(step)) return i;
        }
        return lowered.steps().size();
    }

    /// How many steps at the end have no weights but those of fully connected layers, where these are large; else 0.
    private int fullyConnected() {
        var steps = lowered.steps().reversed();
        var large = 0;
        var weights = 0L;
        for (var i = 0; i < steps.size(); i++) {
            var isProduct = steps.get(i).computation() instanceof Computation.Product;
            if (!isProduct && steps.get(i).computation() instanceof Computation.Weighted) break;
            weights += weightBytes(steps.get(i));
            if (isProduct && weights >= LARGE) large = i + 1;
        }
        return large;
    }

    /// As many pictures of a piece as leave the values of each of the first steps in the cache, or one.
    private int fewer(int piece, int steps) {
        var most = lowered.steps().subList(0, steps).stream().mapToLong(this::valueBytes).max().orElse(0);
        return IntStream.iterate(piece, few -> few > 1, few -> few - 1)
                .filter(few -> piece % few == 0 && few * most <= CACHE).findFirst().orElse(1);
    }

    /// What a step reads and writes of a picture.
    private long valueBytes(PlanStep step) {
        return bytes(step.input()) + bytes(step.output());
    }

    private long weightBytes(PlanStep step) {
        return step.computation() instanceof Computation.Weighted layer
                ? layer.weights().stored().elements() * types.of(step).bytes()
                : 0;
    }

    private long bytes(int value) {
        return lowered.shape(value).elements() * types.of(value).bytes();
    }
}
