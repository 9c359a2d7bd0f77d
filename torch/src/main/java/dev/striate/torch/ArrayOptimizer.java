package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.recipe.Optimization;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The optimisers of training on any values, such as a picture's pixels, whose gradients plain code gives.
public final class ArrayOptimizer implements AutoCloseable {
    private final Tensor values;
    private final Tensor gradients;
    private final OptimizerSteps steps;

    public ArrayOptimizer(Optimization descent, float[] start) {
        Libtorch.load();
        values = Tensors.kept(Tensors.of(start, start.length));
        gradients = Tensors.kept(torch.zeros_like(values));
        var all = new FlatLayout.Range(ParameterGroup.DECAYED, 0, start.length);
        steps = new OptimizerSteps(descent, new FlatTensors(values, gradients, torch.zeros(0L), List.of(all)));
    }

    /// Moves the values along their gradients, at this learning rate.
    public void step(float[] gradient, double rate) {
        check(gradient, "a gradient");
        try (var _ = new PointerScope(); var _ = GradMode.off()) {
            gradients.copy_(Tensors.of(gradient, gradient.length));
            steps.step(rate);
        }
    }

    public float[] values() {
        return Tensors.floats(values);
    }

    /// Puts the values where something else than a step has moved them.
    public void place(float[] moved) {
        check(moved, "a value");
        try (var _ = new PointerScope(); var _ = GradMode.off()) {
            values.copy_(Tensors.of(moved, moved.length));
        }
    }

    private void check(float[] given, String what) {
        if (given.length == values.numel()) return;
        throw new StriateException("A step on " + values.numel() + " values expects " + what + " for each; received "
                + given.length + ".");
    }

    @Override
    public void close() {
        steps.close();
        gradients.deallocate();
        values.deallocate();
    }
}
