package dev.striate.plan;

import dev.striate.graph.Shape;
import java.util.HashMap;
import java.util.Map;

/// Which values are written straight into the concatenation that reads them: those whose channels are whole blocks at whole
/// blocks' places. The last concatenation comes first, so that DenseNet's growing ones share one piece of memory.
record ConcatInPlace(Map<Integer, Place> places) {
    /// A value's first channel in the concatenation `root`.
    record Place(int root, int channel) {}

    static ConcatInPlace none() {
        return new ConcatInPlace(Map.of());
    }

    static ConcatInPlace of(LoweredNetwork lowered, StepTypes types, int block) {
        var producers = new HashMap<Integer, PlanStep>();
        lowered.steps().forEach(step -> producers.put(step.output(), step));
        var places = new HashMap<Integer, Place>();
        for (var step : lowered.steps().reversed()) {
            if (step.computation() instanceof Computation.Concatenation && aligned(lowered, step, block)) {
                place(lowered, types, step, producers, places);
            }
        }
        return new ConcatInPlace(Map.copyOf(places));
    }

    /// Whether the parts of a concatenation are whole blocks.
    static boolean aligned(LoweredNetwork lowered, PlanStep concatenation, int block) {
        return concatenation.inputs().stream().map(lowered::shape)
                .noneMatch(x -> x.isVector() || x.channels() % block != 0);
    }

    private static void place(LoweredNetwork lowered, StepTypes types, PlanStep step, Map<Integer, PlanStep> producers,
            Map<Integer, Place> places) {
        var at = places.computeIfAbsent(step.output(), value -> new Place(value, 0));
        var channel = at.channel();
        for (var input : step.inputs()) {
            var producer = producers.get(input);
            var fits = producer != null && !producer.addsResidual()
                    && types.of(input).equals(types.of(at.root()));
            if (fits) places.putIfAbsent(input, new Place(at.root(), channel));
            channel += lowered.shape(input).channels();
        }
    }

    boolean holds(int value) {
        return places.containsKey(value);
    }

    /// Whether an input of a concatenation already lies where it belongs.
    boolean lies(int input, int concatenation, int channel) {
        var at = places.get(concatenation);
        return at != null && new Place(at.root(), at.channel() + channel).equals(places.get(input));
    }

    Place of(int value) {
        return places.get(value);
    }

    Shape rootShape(LoweredNetwork lowered, int value) {
        return lowered.shape(places.get(value).root());
    }
}
