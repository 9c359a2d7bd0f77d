package dev.striate.torch;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The logistic function and tanh, whose derivatives are known from their output.
record SigmoidKernel(UnaryOperator<Tensor> inPlace, UnaryOperator<Tensor> function, BinaryOperator<Tensor> derivative)
        implements PointwiseKernel {
    static final SigmoidKernel LOGISTIC = new SigmoidKernel(torch::sigmoid_, torch::sigmoid, torch::sigmoid_backward);
    static final SigmoidKernel TANH = new SigmoidKernel(torch::tanh_, torch::tanh, torch::tanh_backward);

    @Override
    public Tensor forward(NodeContext node) {
        if (node.target() < 0) return function.apply(node.x());
        var x = node.x();
        inPlace.apply(x);
        return x;
    }

    @Override
    public void backward(NodeContext node) {
        node.give(0, derivative.apply(node.gradient(), node.y()));
    }
}
