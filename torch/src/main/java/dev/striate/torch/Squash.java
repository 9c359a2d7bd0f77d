package dev.striate.torch;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/// Sigmoid and tanh: functions whose derivative is known from their output.
record Squash(UnaryOperator<Tensor> inPlace, UnaryOperator<Tensor> function, BinaryOperator<Tensor> derivative)
        implements Elementwise {
    @Override
    public Tensor forward(Step step) {
        if (step.target() < 0) return function.apply(step.x());
        var x = step.x();
        inPlace.apply(x);
        return x;
    }

    @Override
    public void backward(Step step) {
        step.give(0, derivative.apply(step.gradient(), step.y()));
    }
}
