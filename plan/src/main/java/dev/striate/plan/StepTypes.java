package dev.striate.plan;

import java.util.Map;

/// In which numbers the steps of a plan read their inputs, and in which its values lie in memory: float32 unless said
/// otherwise.
///
/// @param steps by name
record StepTypes(Map<String, ValueType> steps, Map<Integer, ValueType> values) {
    private static final StepTypes FLOAT32 = new StepTypes(Map.of(), Map.of());

    StepTypes {
        steps = Map.copyOf(steps);
        values = Map.copyOf(values);
    }

    static StepTypes of(LoweredNetwork lowered, Quantisation quantisation) {
        return quantisation.layers().isEmpty() ? FLOAT32 : Int8Values.of(lowered, quantisation);
    }

    ValueType of(PlanStep step) {
        return steps.getOrDefault(step.name(), ValueType.Real.FLOAT32);
    }

    ValueType of(int value) {
        return values.getOrDefault(value, ValueType.Real.FLOAT32);
    }
}
