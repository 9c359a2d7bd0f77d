package dev.striate.plan;

import java.util.List;

/// A plan for one batch size: the calls in order, how much memory they need, where the pictures enter and what comes out.
///
/// @param alone whether it runs on one thread, beside others
record Compiled(int batch, boolean alone, List<Call> calls, long arenaBytes, Region input, View output) {
    Compiled {
        calls = List.copyOf(calls);
    }
}
