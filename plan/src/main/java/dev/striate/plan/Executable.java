package dev.striate.plan;

import java.util.List;

/// A stage of a plan for one number of pictures: the calls in order, how much memory they need, where its input lies and its
/// outputs.
///
/// Inputs, and what one stage leaves to the next, lie outside of its memory, wherever a run has them.
///
/// @param outputs of the last stage, channels × height × width
/// @param left what an earlier stage leaves to the next one
record Executable(Stage stage, List<PreparedCall> calls, long arenaBytes, TensorView input, List<TensorView> outputs,
        List<TensorView> left) {
    Executable {
        calls = List.copyOf(calls);
        outputs = List.copyOf(outputs);
        left = List.copyOf(left);
    }

    /// The bytes of a picture of the input.
    long inputBytes() {
        return bytes(input);
    }

    /// The bytes of a picture of what is left to the next stage; 0 of the last one.
    long leftBytes() {
        return left.isEmpty() ? 0 : bytes(left.getFirst());
    }

    private static long bytes(TensorView view) {
        return view.shape().elements() * view.type().bytes();
    }
}
