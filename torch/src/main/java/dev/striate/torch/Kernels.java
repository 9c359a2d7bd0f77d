package dev.striate.torch;

import static org.bytedeco.pytorch.global.torch.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The reading that gives each operation's kernel. What is hot has its own backward; the rest leaves it to autograd.
final class Kernels {
    private Kernels() {}

    static Kernel of(Op op, Shape x, Shape y) {
        return switch (op) {
            case Op.Input _ -> new Passing();
            case Op.Detection _ -> new Passing();
            case Op.Conv conv -> Convolution.of(conv);
            case Op.TransposedConv conv -> Convolution.of(conv);
            case Op.TableConv conv -> new Differentiated(Functions.tableConv(conv, x));
            case Op.LocalConv conv -> new Differentiated(Functions.localConv(conv, y));
            case Op.Linear linear -> new Product(linear);
            case Op.BatchNorm norm -> new Normalisation(norm);
            case Op.LocalResponseNorm norm -> new Differentiated(Functions.localResponseNorm(norm));
            case Op.L2Norm norm -> new Differentiated(Functions.l2Norm(norm));
            case Op.ChannelAffine _ -> new Differentiated(Functions::channelAffine);
            case Op.RadialBasis rbf -> new Differentiated(Functions.radialBasis(rbf));
            case Op.Relu _ -> new Rectifier();
            case Op.LeakyRelu leaky -> new LeakyRectifier(Tensors.kept(new Scalar(leaky.slope())));
            case Op.Sigmoid _ -> new Squash(torch::sigmoid_, torch::sigmoid, torch::sigmoid_backward);
            case Op.Tanh _ -> new Squash(torch::tanh_, torch::tanh, torch::tanh_backward);
            case Op.Softmax _ -> new Differentiated(Functions::softmax);
            case Op.Scale scale -> new Scaling(Tensors.kept(new Scalar(scale.factor())));
            case Op.Dropout dropout -> new Dropping(dropout.rate(), false);
            case Op.DropPath drop -> new Dropping(drop.rate(), true);
            case Op.MaxPool pool -> new MaxPooling(pool);
            case Op.AvgPool pool -> average(pool, x);
            case Op.LpPool pool -> new Differentiated(Functions.lpPool(pool));
            case Op.AdaptiveAvgPool pool -> pool.output().equals(Size.ONE) ? new GlobalAverage(x)
                    : new Differentiated(Functions.adaptiveAverage(pool));
            case Op.Flatten _ -> new Flattening(x);
            case Op.Concat _ -> new Joining();
            case Op.Add _ -> new Adding();
            case Op.Slice slice -> new Differentiated(Functions.slice(slice));
            case Op.Upsample up -> new Differentiated(Functions.upsample(up, y));
            case Op.SpaceToDepth fold -> new Differentiated(Functions.spaceToDepth(fold, x, y));
            case Op.Pad pad -> new Differentiated(Functions.pad(pad));
            case Op.PadChannels pad -> new ChannelPadding(pad, x.channels());
        };
    }

    private static Kernel average(Op.AvgPool pool, Shape x) {
        var subsamples = pool.window().kernel().equals(Size.ONE) && pool.window().padding().equals(Size.ZERO);
        return subsamples ? new Subsampling(pool.window().stride(), x) : new AveragePooling(pool);
    }

    static long[] longs(Size size) {
        return new long[] { size.height(), size.width() };
    }

    /// Gives its input on.
    record Passing() implements Kernel {
        @Override
        public Tensor forward(Step step) {
            return step.x().alias();
        }

        @Override
        public void backward(Step step) {
            step.pass(0);
        }

        @Override
        public boolean aliases() {
            return true;
        }
    }

    /// A fully connected layer, as a convolution of 1×1: oneDNN's threads are libtorch's own, OpenBLAS's fight with them.
    record Product(Convolution convolution) implements Kernel {
        private static final Window POINT = Window.of(1);

        Product(Op.Linear linear) {
            this(Convolution.of(new Op.Conv(linear.features(), POINT, 1, linear.bias())));
        }

        @Override
        public Tensor forward(Step step) {
            return convolution.forward(step, asPlanes(step.x().flatten(1, -1)), asPlanes(step.parameter("weight")))
                    .flatten(1, -1);
        }

        @Override
        public void backward(Step step) {
            var gradients = convolution.backward(step, asPlanes(step.gradient()), asPlanes(step.x().flatten(1, -1)),
                    asPlanes(step.parameter("weight")));
            if (step.wants(0)) step.give(0, gradients[0].view_as(step.x()));
            if (!step.trainsParameters()) return;
            step.addTo("weight", gradients[1].flatten(1, -1));
            if (convolution.bias()) step.addTo("bias", gradients[2]);
        }

        private static Tensor asPlanes(Tensor matrix) {
            return matrix.unsqueeze(2).unsqueeze(3);
        }

        @Override
        public boolean readsInputs() {
            return true;
        }
    }

    /// Batch normalisation: over the batch in training, with the running statistics elsewhere.
    record Normalisation(Op.BatchNorm norm) implements Kernel {
        private static final BoolPointer ALL = Tensors.kept(Tensors.flags(true, true, true));
        private static final BoolPointer INPUT = Tensors.kept(Tensors.flags(true, false, false));

        @Override
        public Tensor forward(Step step) {
            var training = step.training();
            var statistics = !(training && step.again());
            var result = Tensors.split(torch.native_batch_norm(step.x(), step.optional(true, "weight"),
                    step.optional(true, "bias"),
                    step.optional(statistics, "running_mean"), step.optional(statistics, "running_var"), training,
                    norm.momentum(), norm.epsilon()));
            step.save(result[1], result[2]);
            return result[0];
        }

        @Override
        public void backward(Step step) {
            var result = Tensors
                    .split(torch.native_batch_norm_backward(step.gradient(), step.x(), step.optional(true, "weight"),
                            step.optional(true, "running_mean"), step.optional(true, "running_var"),
                            new org.bytedeco.pytorch.TensorOptional(step.saved(0)),
                            new org.bytedeco.pytorch.TensorOptional(step.saved(1)), step.training(), norm.epsilon(),
                            step.trainsParameters() ? ALL : INPUT));
            step.give(0, result[0]);
            if (!step.trainsParameters()) return;
            step.addTo("weight", result[1]);
            step.addTo("bias", result[2]);
        }

        @Override
        public boolean readsInputs() {
            return true;
        }

        @Override
        public boolean cheap() {
            return true;
        }
    }

    record MaxPooling(long[] kernel, long[] stride, long[] padding, long[] dilation, boolean ceil) implements Kernel {
        MaxPooling(Op.MaxPool pool) {
            this(pool.window(), pool.ceil());
        }

        private MaxPooling(Window window, boolean ceil) {
            this(longs(window.kernel()), longs(window.stride()), longs(window.padding()), longs(window.dilation()),
                    ceil);
        }

        @Override
        public Tensor forward(Step step) {
            if (!step.differentiable()) return torch.max_pool2d(step.x(), kernel, stride, padding, dilation, ceil);
            var result = Tensors
                    .split(torch.max_pool2d_with_indices(step.x(), kernel, stride, padding, dilation, ceil));
            step.save(result[1]);
            return result[0];
        }

        @Override
        public void backward(Step step) {
            step.give(0, torch.max_pool2d_with_indices_backward(step.gradient(), step.x(), kernel, stride, padding,
                    dilation, ceil, step.saved(0)));
        }

        @Override
        public boolean readsInputs() {
            return true;
        }
    }

    record AveragePooling(long[] kernel, long[] stride, long[] padding, boolean ceil, boolean countPadding)
            implements
            Kernel {
        AveragePooling(Op.AvgPool pool) {
            this(longs(pool.window().kernel()), longs(pool.window().stride()), longs(pool.window().padding()),
                    pool.ceil(),
                    pool.countPadding());
        }

        @Override
        public Tensor forward(Step step) {
            return torch.avg_pool2d(step.x(), kernel, stride, padding, ceil, countPadding, new LongOptional());
        }

        @Override
        public void backward(Step step) {
            step.give(0,
                    torch.avg_pool2d_backward(step.gradient(), step.x(), kernel, stride, padding, ceil, countPadding,
                            new LongOptional()));
        }

        @Override
        public boolean readsInputs() {
            return true;
        }
    }

    /// A pooling of 1×1: every n-th row and column.
    record Subsampling(Size stride, Shape input) implements Kernel {
        @Override
        public Tensor forward(Step step) {
            return view(step.x());
        }

        private Tensor view(Tensor x) {
            var whole = new LongOptional();
            return x.slice(2, whole, whole, stride.height()).slice(3, whole, whole, stride.width());
        }

        @Override
        public void backward(Step step) {
            var gradient = step.gradient();
            var sizes = new long[] { gradient.size(0), input.height(), input.width(), input.channels() };
            var spread = torch.zeros(sizes, gradient.options()).permute(0, 3, 1, 2); // N×C×H×W, channels-last
            view(spread).copy_(gradient);
            step.give(0, spread);
        }

        @Override
        public boolean aliases() {
            return true;
        }
    }

    record GlobalAverage(Shape input) implements Kernel {
        private static final long[] SIDES = { 2, 3 };

        @Override
        public Tensor forward(Step step) {
            return step.x().mean(SIDES, true, new org.bytedeco.pytorch.ScalarTypeOptional());
        }

        @Override
        public void backward(Step step) {
            var gradient = step.gradient();
            var share = gradient.div(new Scalar((double) input.size().area()));
            step.giveRead(0, share.expand(gradient.size(0), input.channels(), input.height(), input.width()));
        }
    }

    record Flattening(Shape input) implements Kernel {
        @Override
        public Tensor forward(Step step) {
            return step.x().flatten(1, -1);
        }

        @Override
        public void backward(Step step) {
            var gradient = step.gradient();
            step.giveView(0, gradient.view(gradient.size(0), input.channels(), input.height(), input.width()));
        }

        @Override
        public boolean aliases() {
            return true;
        }
    }
}
