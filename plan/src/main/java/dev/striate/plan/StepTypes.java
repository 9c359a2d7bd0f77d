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

    static StepTypes of(LoweredNetwork lowered, Numbers numbers) {
        return switch (numbers) {
            case Numbers.Real.FLOAT32 -> FLOAT32;
            case Numbers.Real.BF16 -> Bf16Values.of(lowered);
            case Quantisation quantisation -> Int8Values.of(lowered, quantisation);
        };
    }

    ValueType of(PlanStep step) {
        return steps.getOrDefault(step.name(), ValueType.Real.FLOAT32);
    }

    ValueType of(int value) {
        return values.getOrDefault(value, ValueType.Real.FLOAT32);
    }

    /// What a step reads that no 8 bits suit.
    ValueType.Real real(PlanStep step) {
        return real(of(step));
    }

    /// What a step writes that gives no 8 bits.
    ValueType.Real real(int value) {
        return real(of(value));
    }

    private static ValueType.Real real(ValueType type) {
        return type instanceof ValueType.Real real ? real : ValueType.Real.FLOAT32;
    }
}
