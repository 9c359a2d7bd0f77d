package dev.striate.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which values of a plan lie in memory as 8 bits, and what these stand for: those that a quantised layer gives, or a
/// normalisation that stands alone (DenseNet's), where all that read them take them as they are. Largest values and
/// concatenations of 8-bit values are such values too; the network's outputs never are.
final class Int8Values {
    private static final int FEW = 4;

    private final LoweredNetwork lowered;
    private final Quantisation quantisation;
    private final Map<String, Quantisation.Range> layers = new HashMap<>();
    private final Map<Integer, PlanStep> producers = new HashMap<>();
    private final Map<Integer, List<PlanStep>> readers;
    private final Map<Integer, Quantisation.Range> ranges = new HashMap<>();

    private Int8Values(LoweredNetwork lowered, Quantisation quantisation) {
        this.lowered = lowered;
        this.quantisation = quantisation;
        lowered.steps().forEach(step -> producers.put(step.output(), step));
        readers = lowered.readers();
        readers.forEach(this::inTheSameRange);
    }

    /// Layers that read the same value take it in a range that holds all of theirs: one that was calibrated behind an average may
    /// come in front of it now ([Averages]).
    private void inTheSameRange(int value, List<PlanStep> readers) {
        var all = readers.stream().filter(step -> quantised(step) && step.inputs().contains(value)).toList();
        var widest = all.stream().map(step -> quantisation.layers().get(step.name())).reduce(Quantisation.Range::and);
        all.forEach(step -> layers.put(step.name(), widest.orElseThrow()));
    }

    static StepTypes of(LoweredNetwork lowered, Quantisation quantisation) {
        var decided = new Int8Values(lowered, quantisation);
        decided.decide();
        return new StepTypes(bytes(decided.layers), bytes(decided.ranges));
    }

    private static <K> Map<K, ValueType> bytes(Map<K, Quantisation.Range> ranges) {
        return ranges.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, range -> new ValueType.Bytes(range.getValue())));
    }

    /// From the last step to the first: what a step's result has to be depends on who reads it.
    private void decide() {
        for (var step : lowered.steps().reversed()) {
            var range = lowered.gives(step.output()) || !writes(step) ? null : wanted(step);
            if (range != null) ranges.put(step.output(), range);
        }
    }

    private boolean quantised(PlanStep step) {
        return quantisation.layers().containsKey(step.name());
    }

    /// Whether a step can give 8 bits.
    private boolean writes(PlanStep step) {
        return quantised(step) || step.computation() instanceof Computation.ChannelScale
                || passes(step) && step.inputs().stream().map(producers::get)
                        .allMatch(producer -> producer != null && writes(producer));
    }

    /// Whether a step gives on what it reads in the same range. An average of a few values nearly fills it, of many it does
    /// not.
    static boolean passes(PlanStep step) {
        return switch (step.computation()) {
            case Computation.Concatenation _ -> true;
            case Computation.Pooling(Computation.Reduction reduction, Geometry geometry) ->
                reduction == Computation.Reduction.MAXIMUM || geometry.kernel().area() <= FEW;
            default -> false;
        };
    }

    private Quantisation.@Nullable Range wanted(PlanStep step) {
        var readers = this.readers.getOrDefault(step.output(), List.of());
        if (!readers.stream().allMatch(this::reads)) return null;
        var demands = demands(readers, step.output());
        if (demands.isEmpty()) return quantisation.residuals().get(step.name());
        return demands.stream().distinct().count() == 1 ? demands.getFirst() : null;
    }

    /// The ranges that a value's readers require; additions of a residual accept any.
    private List<Quantisation.Range> demands(List<PlanStep> readers, int value) {
        return readers.stream().filter(reader -> reader.inputs().contains(value))
                .map(reader -> quantised(reader) ? layers.get(reader.name())
                        : ranges.get(reader.output()))
                .toList();
    }

    /// Whether a step takes 8 bits.
    private boolean reads(PlanStep step) {
        return quantised(step) || passes(step) && ranges.containsKey(step.output());
    }
}
