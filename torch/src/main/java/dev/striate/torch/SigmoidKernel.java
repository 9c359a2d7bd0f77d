package dev.striate.torch;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The logistic function and tanh, whose derivatives are known from their output.
record SigmoidKernel(UnaryOperator<Tensor> inPlace, UnaryOperator<Tensor> function, Derivative derivative)
        implements PointwiseKernel {
    static final SigmoidKernel LOGISTIC = new SigmoidKernel(torch::sigmoid_, torch::sigmoid,
            torch::sigmoid_backward_out);
    static final SigmoidKernel TANH = new SigmoidKernel(torch::tanh_, torch::tanh, torch::tanh_backward_out);

    /// As libtorch writes one.
    @FunctionalInterface
    interface Derivative {
        Tensor write(Tensor into, Tensor gradient, Tensor y);
    }

    @Override
    public Tensor of(Tensor x) {
        return function.apply(x);
    }

    @Override
    public void overwrite(Tensor x) {
        inPlace.apply(x);
    }

    @Override
    public void differentiate(Tensor into, Tensor gradient, Tensor y) {
        derivative.write(into, gradient, y);
    }
}
