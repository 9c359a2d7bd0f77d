package dev.striate.plan;

import java.util.List;

/// A plan for one batch size: the calls in order, how much memory they need, where the pictures enter and the outputs, which
/// come out channels × height × width.
///
/// @param alone whether it runs on one thread, beside others
record Executable(int batch, boolean alone, List<PreparedCall> calls, long arenaBytes, Lifetime input,
        List<TensorView> outputs) {
    Executable {
        calls = List.copyOf(calls);
        outputs = List.copyOf(outputs);
    }
}
