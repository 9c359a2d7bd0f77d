package dev.striate.plan;

import static dev.striate.plan.ValueType.Real.BF16;
import static dev.striate.plan.ValueType.Real.FLOAT32;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which steps of a plan read bf16, and which of its values lie in memory so.
///
/// Layers with weights do, but for one that reads pictures. They write float32 where that is wanted: for an output, and for
/// what computes in float32. What only passes values on follows those.
final class Bf16Values {
    /// Inputs of more channels are no pictures but what another network has made of them.
    private static final int MOST_OF_A_PICTURE = 4;

    private final LoweredNetwork lowered;
    private final Map<Integer, List<PlanStep>> readers;
    private final Set<Integer> exact = new HashSet<>();
    private final Map<String, ValueType> steps = new HashMap<>();
    private final Map<Integer, ValueType> values = new HashMap<>();

    private Bf16Values(LoweredNetwork lowered) {
        this.lowered = lowered;
        readers = lowered.readers();
    }

    static StepTypes of(LoweredNetwork lowered) {
        var decided = new Bf16Values(lowered);
        for (var step : lowered.steps().reversed()) {
            if (decided.wantedExactly(step.output())) decided.exact.add(step.output());
        }
        lowered.steps().forEach(decided::decide);
        return new StepTypes(decided.steps, decided.values);
    }

    /// Whether a value is an output, or whoever reads it does so in float32.
    private boolean wantedExactly(int value) {
        return lowered.gives(value)
                || readers.getOrDefault(value, List.of()).stream().allMatch(reader -> readsExactly(reader, value));
    }

    private boolean readsExactly(PlanStep reader, int value) {
        return switch (kind(reader)) {
            case EXACT -> true;
            case LAYER -> !reader.inputs().contains(value) && exact.contains(reader.output());
            case PASSING -> exact.contains(reader.output());
        };
    }

    private void decide(PlanStep step) {
        var reads = reads(step);
        steps.put(step.name(), reads);
        values.put(step.output(), exact.contains(step.output()) ? FLOAT32 : reads);
    }

    private ValueType reads(PlanStep step) {
        return switch (kind(step)) {
            case EXACT -> FLOAT32;
            case LAYER -> step.input() == 0 && lowered.shape(0).channels() <= MOST_OF_A_PICTURE ? FLOAT32 : BF16;
            case PASSING -> exact.contains(step.output()) || step.inputs().stream()
                    .allMatch(input -> values.getOrDefault(input, FLOAT32) == FLOAT32) ? FLOAT32 : BF16;
        };
    }

    private enum Kind {
        LAYER, PASSING, EXACT
    }

    private static Kind kind(PlanStep step) {
        return switch (step.computation()) {
            case Computation.Weighted _ -> Kind.LAYER;
            case Computation.LocalNormalisation _ -> Kind.EXACT;
            case Computation.Softmax _ -> Kind.EXACT;
            case Computation.Probe _ -> Kind.EXACT;
            case Computation.Looped _ -> Kind.EXACT;
            case Computation.Pad pad -> pad.value() == 0 ? Kind.PASSING : Kind.EXACT;
            case Computation.Pooling _ -> Kind.PASSING;
            case Computation.ChannelScale _ -> Kind.PASSING;
            case Computation.Pointwise _ -> Kind.PASSING;
            case Computation.Addition _ -> Kind.PASSING;
            case Computation.Concatenation _ -> Kind.PASSING;
            case Computation.Slice _ -> Kind.PASSING;
            case Computation.Window _ -> Kind.PASSING;
            case Computation.Flattening _ -> Kind.PASSING;
        };
    }
}
