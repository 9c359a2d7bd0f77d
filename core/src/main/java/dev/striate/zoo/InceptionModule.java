package dev.striate.zoo;

import static dev.striate.graph.Options.same;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.Arrays;

/// An Inception module: branches that start at one place `x` and are joined along the channels.
///
/// The convolutions of a chain are numbered from `first`, as the published weights do: torchvision's Inception v3 from 1,
/// where poolings do not count; all others from 0, where they do.
record InceptionModule(Layer x, String name, ConvUnit unit, int first) {

    /// A step of a branch.
    sealed interface Step {}

    /// A convolution; `padded` keeps the size at stride 1.
    record Conv(int filters, Size kernel, int stride, boolean padded) implements Step {}

    record Pool(Op op) implements Step {}

    /// 3×3, stride 1.
    static final Step MAX = new Pool(new Op.MaxPool(Window.of(3).withPadding(Size.ONE), true));
    static final Step AVERAGE = average(true);
    /// An average that leaves padding out of its divisor, as TensorFlow's does.
    static final Step INNER_AVERAGE = average(false);

    private static Step average(boolean countPadding) {
        return new Pool(new Op.AvgPool(Window.of(3).withPadding(Size.ONE), false, countPadding));
    }

    static Step conv(int filters, int kernel) {
        return new Conv(filters, Size.square(kernel), 1, true);
    }

    static Step conv(int filters, int height, int width) {
        return new Conv(filters, new Size(height, width), 1, true);
    }

    static Step valid(int filters, int kernel) {
        return new Conv(filters, Size.square(kernel), 1, false);
    }

    /// 3×3, stride 2, no padding: halves the grid.
    static Step reduce(int filters) {
        return new Conv(filters, Size.square(3), 2, false);
    }

    /// A branch of one convolution.
    Layer one(String branch, Step step) {
        return apply(x, branch, step);
    }

    /// A branch of several steps, named `PREFIX` and their number.
    Layer chain(String prefix, Step... steps) {
        var y = x;
        for (var i = 0; i < steps.length; i++) y = apply(y, prefix + (first + i), steps[i]);
        return y;
    }

    /// The expanded bank at the end of a branch (figure 7 of Szegedy et al. 2015): 1×3 and 3×1 side by side.
    Layer fork(Layer y, String prefix, int filters) {
        return apply(y, prefix + "a", conv(filters, 1, 3)).concat(apply(y, prefix + "b", conv(filters, 3, 1)));
    }

    /// The same module behind a pooling.
    InceptionModule behind(Step pool) {
        return new InceptionModule(apply(x, "pool", pool), name, unit, first);
    }

    /// Max pooling 3×3, stride 2: the branch of a grid reduction without parameters.
    Layer pooled() {
        return x.maxPool(3, stride(2));
    }

    /// The branches, one behind the other along the channels.
    static Layer join(Layer... branches) {
        return branches[0].concat(Arrays.copyOfRange(branches, 1, branches.length));
    }

    private Layer apply(Layer y, String branch, Step step) {
        var node = name + "." + branch;
        return switch (step) {
            case Conv(int filters, Size kernel, int stride, boolean padded) when padded ->
                unit.conv(y, node, filters, kernel, stride(stride), same());
            case Conv(int filters, Size kernel, int stride, boolean _) ->
                unit.conv(y, node, filters, kernel, stride(stride));
            case Pool(Op op) -> y.then(op);
        };
    }
}
