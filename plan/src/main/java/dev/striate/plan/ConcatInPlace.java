package dev.striate.plan;

import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which values lie in the concatenation that reads them. The last concatenation comes first, so that DenseNet's growing ones
/// share one piece of memory.
///
/// In blocks these are the values whose channels are whole blocks at whole blocks' places; oneDNN writes and reads them there.
/// Channels last it does not read a part of a pixel quickly, but our own loops do; there they are the growing ones of float32 that
/// are only joined and normalised.
record ConcatInPlace(MemoryFormat format, Map<Integer, Place> places) {
    /// A value's first channel in the concatenation `root`.
    record Place(int root, int channel) {}

    static ConcatInPlace of(LoweredNetwork lowered, StepTypes types, MemoryFormat format) {
        return new Finding(lowered, types, format).places();
    }

    boolean holds(int value) {
        return places.containsKey(value);
    }

    /// Whether a primitive writes a value where it lies in a concatenation.
    boolean isWritten(int value) {
        return holds(value) && format == MemoryFormat.BLOCKED;
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

    /// Whether the parts of a concatenation are joined where it lies.
    boolean joins(LoweredNetwork lowered, PlanStep concatenation) {
        return holds(concatenation.output()) && (format != MemoryFormat.BLOCKED || aligned(lowered, concatenation));
    }

    /// Whether the parts of a concatenation are whole blocks.
    private static boolean aligned(LoweredNetwork lowered, PlanStep concatenation) {
        return concatenation.inputs().stream().map(lowered::shape)
                .noneMatch(x -> x.isVector() || x.channels() % Cpu.BLOCK != 0);
    }

    private static final class Finding {
        private final LoweredNetwork lowered;
        private final StepTypes types;
        private final MemoryFormat format;
        private final Map<Integer, PlanStep> producers = new HashMap<>();
        private final Map<Integer, List<PlanStep>> readers;
        private final Map<Integer, Place> places = new HashMap<>();

        Finding(LoweredNetwork lowered, StepTypes types, MemoryFormat format) {
            this.lowered = lowered;
            this.types = types;
            this.format = format;
            lowered.steps().forEach(step -> producers.put(step.output(), step));
            readers = lowered.readers();
        }

        ConcatInPlace places() {
            for (var step : lowered.steps().reversed()) {
                if (isConcatenation(step) && (format == MemoryFormat.BLOCKED ? aligned(lowered, step) : grows(step))) {
                    place(step);
                }
            }
            return new ConcatInPlace(format, Map.copyOf(places));
        }

        private static boolean isConcatenation(PlanStep step) {
            return step.computation() instanceof Computation.Concatenation;
        }

        /// Whether a concatenation of float32, or one in it, is only joined with others and normalised.
        private boolean grows(PlanStep step) {
            return types.of(step.output()) == ValueType.Real.FLOAT32 && !lowered.shape(step.output()).isVector()
                    && (isJoined(step) || step.inputs().stream().map(producers::get)
                            .anyMatch(input -> input != null && isConcatenation(input) && isJoined(input)));
        }

        private boolean isJoined(PlanStep step) {
            var all = readers.getOrDefault(step.output(), List.of());
            return all.stream().anyMatch(Finding::isConcatenation) && all.stream().allMatch(
                    reader -> isConcatenation(reader) || reader.computation() instanceof Computation.ChannelScale
                            && types.of(reader.output()) != ValueType.Real.BF16);
        }

        private void place(PlanStep step) {
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
    }
}
