package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LPPool2dOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// The operations that are written forward only, each a function of its input and, by the node, its parameters.
final class Functions {
    private static final long[] ONE = { 1, 1 };
    private static final long[] NONE = { 0, 0 };

    private Functions() {}

    /// C3 of LeNet-5: the listed kernels are put into their places of a dense weight, zero elsewhere.
    static BiFunction<Tensor, NodeContext, Tensor> tableConv(Op.TableConv conv, Shape x) {
        var places = new long[conv.connections()];
        var next = 0;
        for (var filter = 0; filter < conv.table().size(); filter++) {
            for (var channel : conv.table().get(filter)) places[next++] = (long) filter * x.channels() + channel;
        }
        var kernel = conv.window().kernel();
        var filters = conv.table().size();
        return (input, node) -> {
            var weight = node.parameter("weight");
            var dense = torch.zeros(new long[] { (long) filters * x.channels(), kernel.height(), kernel.width() },
                    weight.options())
                    .index_copy(0, Tensors.of(places).to(weight.device(), torch.ScalarType.Long), weight);
            var window = conv.window();
            return torch.convolution(input, dense.view(filters, x.channels(), kernel.height(), kernel.width()),
                    new TensorOptional(node.parameter("bias")), Tensors.longs(window.stride()),
                    Tensors.longs(window.padding()), Tensors.longs(window.dilation()), false, NONE, 1);
        };
    }

    /// A matrix product for each place: columns (N×K×P) as P×N×K by weights P×F×K.
    static BiFunction<Tensor, NodeContext, Tensor> localConv(Op.LocalConv conv, Shape y) {
        var window = conv.window();
        return (x, node) -> {
            var columns = torch.im2col(x, Tensors.longs(window.kernel()), Tensors.longs(window.dilation()),
                    Tensors.longs(window.padding()), Tensors.longs(window.stride())); // N×K×P
            var products = columns.permute(2, 0, 1).bmm(node.parameter("weight").transpose(1, 2)); // P×N×F
            return products.permute(1, 2, 0).reshape(x.size(0), y.channels(), y.height(), y.width())
                    .add(node.parameter("bias"));
        };
    }

    /// libtorch divides α by the size of the neighbourhood, the paper does not.
    static BiFunction<Tensor, NodeContext, Tensor> localResponseNorm(Op.LocalResponseNorm norm) {
        return (x, _) -> {
            var half = norm.size() / 2;
            var squares = torch.constant_pad_nd(x.mul(x), 0, 0, 0, 0, half, norm.size() - 1 - half);
            var sum = squares.narrow(1, 0, x.size(1));
            for (var i = 1; i < norm.size(); i++) sum = sum.add(squares.narrow(1, i, x.size(1)));
            var denominator = sum.mul(new Scalar(norm.alpha())).add(new Scalar(norm.k())).pow(new Scalar(norm.beta()));
            return x.div(denominator);
        };
    }

    static BiFunction<Tensor, NodeContext, Tensor> l2Norm(Op.L2Norm norm) {
        return (x, _) -> {
            var length = x.mul(x).sum(new long[] { 1 }, true, new org.bytedeco.pytorch.ScalarTypeOptional()).sqrt();
            return x.div(length.clamp_min(new Scalar(norm.epsilon())));
        };
    }

    /// A fully connected layer as the product of matrices that it is.
    static BiFunction<Tensor, NodeContext, Tensor> linear(Op.Linear linear) {
        return (x, node) -> {
            var type = node.types().products();
            var bias = linear.bias() ? new TensorOptional(node.parameter("bias").to(type)) : new TensorOptional();
            return torch.linear(x.flatten(1, -1).to(type), node.parameter("weight").to(type), bias);
        };
    }

    static Tensor channelAffine(Tensor x, NodeContext node) {
        var channels = x.dim() == 4 ? new long[] { 1, -1, 1, 1 } : new long[] { 1, -1 };
        return x.mul(node.parameter("weight").view(channels)).add(node.parameter("bias").view(channels));
    }

    /// Squared distances to the prototypes: ‖x‖² − 2x·p + ‖p‖².
    static BiFunction<Tensor, NodeContext, Tensor> radialBasis(Op.RadialBasis rbf) {
        var length = rbf.prototypes().getFirst().size();
        var cells = rbf.prototypes().stream().flatMapToDouble(p -> p.stream().mapToDouble(c -> c)).toArray();
        return (x, _) -> {
            var prototypes = Tensors.of(cells, rbf.prototypes().size(), length).to(x.device(), x.scalar_type());
            var difference = x.flatten(1, -1).unsqueeze(1).sub(prototypes); // N×classes×length
            return difference.mul(difference).sum(2);
        };
    }

    static Tensor pairDifference(Tensor x, NodeContext node) {
        if (x.size(0) % 2 != 0) {
            throw new StriateException("Pairs expect an even number of pictures; received " + x.size(0) + ".");
        }
        var pairs = x.reshape(x.size(0) / 2, 2, x.numel() / x.size(0));
        var difference = pairs.select(1, 0).sub(pairs.select(1, 1)).abs().unsqueeze(1);
        return difference.expand(pairs.size(0), 2, pairs.size(2)).reshape(x.sizes());
    }

    static Tensor softmax(Tensor x, NodeContext node) {
        return torch.softmax(x, 1);
    }

    static BiFunction<Tensor, NodeContext, Tensor> lpPool(Op.LpPool pool) {
        var window = pool.window();
        return (x, _) -> {
            var powers = x.abs().pow(new Scalar(pool.power()));
            var mean = torch.avg_pool2d(powers, Tensors.longs(window.kernel()), Tensors.longs(window.stride()),
                    Tensors.longs(window.padding()), pool.ceil(), true, new LongOptional(1));
            return mean.pow(new Scalar(1 / pool.power()));
        };
    }

    static BiFunction<Tensor, NodeContext, Tensor> adaptiveAverage(Op.AdaptiveAvgPool pool) {
        var output = Tensors.longs(pool.output());
        return (x, _) -> torch.adaptive_avg_pool2d(x, output);
    }

    static BiFunction<Tensor, NodeContext, Tensor> slice(Op.Slice slice) {
        return (x, _) -> x.narrow(1, slice.from(), slice.to() - slice.from()).clone();
    }

    static BiFunction<Tensor, NodeContext, Tensor> upsample(Op.Upsample up, Shape y) {
        var size = Tensors.longs(y.size());
        return (x, _) -> switch (up.interpolation()) {
            case NEAREST -> torch.upsample_nearest2d(x, size);
            case BILINEAR -> torch.upsample_bilinear2d(x, size, false);
        };
    }

    static BiFunction<Tensor, NodeContext, Tensor> spaceToDepth(Op.SpaceToDepth fold, Shape x, Shape y) {
        long b = fold.block();
        return (input, _) -> switch (fold.order()) {
            case BLOCK_FIRST -> input.reshape(-1, x.channels(), y.height(), b, y.width(), b).permute(0, 3, 5, 1, 2, 4)
                    .reshape(-1, y.channels(), y.height(), y.width());
            case DARKNET -> darknetReorg(input.contiguous(), b, x, y);
        };
    }

    /// Darknet's reorg layer takes the input as C/b² × bH × bW, moves each b×b square into the channels, block first.
    private static Tensor darknetReorg(Tensor x, long b, Shape in, Shape out) {
        var c = in.channels() / (b * b);
        return x.view(-1, c, in.height(), b, in.width(), b).permute(0, 3, 5, 1, 2, 4).reshape(-1, out.channels(),
                out.height(), out.width());
    }

    static BiFunction<Tensor, NodeContext, Tensor> pad(Op.Pad pad) {
        return (x, _) -> torch.constant_pad_nd(x,
                new long[] { pad.left(), pad.right(), pad.top(), pad.bottom() }, new Scalar(pad.value()));
    }
}
