package dev.striate.torch;

import dev.striate.StriateException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Finds where a number first stopped being finite.
final class Diagnosis {
    private static final String ADVICE = "; a smaller learning rate, a warm-up or clipped gradients may help.";

    private Diagnosis() {}

    static boolean isFinite(Tensor tensor) {
        try (var _ = new PointerScope()) {
            return tensor.isfinite().all().item_bool();
        }
    }

    /// What to say of a loss that is not finite: the same pass again, with a look at the output of each node.
    static StriateException ofLoss(Pass pass, Tensor input, long step) {
        var where = firstOutput(pass, input).map(name -> place(pass, name))
                .orElse("all layers' outputs are finite, so the loss itself has overflowed");
        return new StriateException("The loss is not finite at step " + step + ": " + where + ADVICE);
    }

    /// What to say of a gradient that is not finite: a rectifier may have swallowed what an output held; else the last
    /// layer with such a gradient, since gradients flow backwards.
    static StriateException ofGradient(Pass pass, Tensor input, ParameterTensors parameters, long step) {
        var where = firstOutput(pass, input).map(name -> place(pass, name))
                .orElseGet(() -> "on its way back it is first seen at '" + lastGradient(parameters) + "'");
        return new StriateException("A gradient is not finite at step " + step + ": " + where + ADVICE);
    }

    private static Optional<String> firstOutput(Pass pass, Tensor input) {
        var first = new AtomicReference<Optional<String>>(Optional.empty());
        pass.forward(input, (node, value) -> {
            if (first.get().isEmpty() && !isFinite(value)) first.set(Optional.of(node.name()));
        });
        return first.get();
    }

    private static String place(Pass pass, String node) {
        return node.equals(pass.inputName()) ? "the pictures themselves hold a value that is not"
                : "the first layer whose output is not is '" + node + "'";
    }

    private static String lastGradient(ParameterTensors parameters) {
        return parameters.parameters().stream()
                .filter(parameter -> parameter.trainable() && !isFinite(parameters.get(parameter.name()).grad()))
                .reduce((_, last) -> last).map(parameter -> parameter.name()).orElse("");
    }

    /// The first parameter or running statistic that holds a value that is not finite.
    static Optional<String> inParameters(ParameterTensors parameters) {
        if (isFinite(parameters.values()) && isFinite(parameters.buffers())) return Optional.empty();
        return parameters.parameters().stream().map(parameter -> parameter.name())
                .filter(name -> !isFinite(parameters.get(name))).findFirst();
    }

    static StriateException ofParameter(String name, long steps) {
        return new StriateException("The weights are not finite after " + steps + " steps; the first that is not is '"
                + name + "'" + ADVICE);
    }
}
