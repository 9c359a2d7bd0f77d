package dev.striate.torch;

import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.List;
import org.bytedeco.pytorch.Scalar;

/// The reading that gives each operation's kernel. What is hot has its own backward; the rest leaves it to autograd.
final class Kernels {
    private Kernels() {}

    /// A kernel for each node.
    static Kernel[] of(Network network, List<Shape> shapes, Purpose purpose, GradientFlow flow, Liveness liveness) {
        var kernels = new Kernel[shapes.size()];
        for (var i = 0; i < kernels.length; i++) {
            var node = network.nodes().get(i);
            var y = shapes.get(i);
            var x = node.inputs().isEmpty() ? y : shapes.get(node.inputs().getFirst());
            var layer = i;
            kernels[i] = purpose.fused().map(type -> fused(type, network, layer, x, y, kernels, flow, liveness))
                    .orElseGet(() -> of(node.op(), x, y, purpose.relu()));
        }
        return kernels;
    }

    private static Kernel of(Op op, Shape x, Shape y, ReluGradient relu) {
        return switch (op) {
            case Op.Input _ -> new IdentityKernel();
            case Op.Detection _ -> new IdentityKernel();
            case Op.TreeLogits _ -> new IdentityKernel();
            case Op.Conv conv when PositionProduct.isNeeded(conv, x.channels()) -> new ProductConvKernel(conv);
            case Op.Conv conv -> ConvKernel.of(conv);
            case Op.TransposedConv conv -> ConvKernel.of(conv);
            case Op.TableConv conv -> new AutogradKernel(Functions.tableConv(conv, x));
            case Op.LocalConv conv -> new AutogradKernel(Functions.localConv(conv, y));
            case Op.Linear linear when PositionProduct.isNeeded(LinearKernel.convolution(linear), x.elements()) ->
                new AutogradKernel(Functions.linear(linear));
            case Op.Linear linear -> new LinearKernel(linear);
            case Op.BatchNorm norm -> new BatchNormKernel(norm);
            case Op.LocalResponseNorm norm -> new AutogradKernel(Functions.localResponseNorm(norm));
            case Op.L2Norm norm -> new AutogradKernel(Functions.l2Norm(norm));
            case Op.ChannelAffine _ -> new AutogradKernel(Functions::channelAffine);
            case Op.RadialBasis rbf -> new AutogradKernel(Functions.radialBasis(rbf));
            case Op.Relu _ -> new ReluKernel(relu);
            case Op.LeakyRelu leaky -> new LeakyReluKernel(Tensors.kept(new Scalar(leaky.slope())));
            case Op.Sigmoid _ -> SigmoidKernel.LOGISTIC;
            case Op.Tanh _ -> SigmoidKernel.TANH;
            case Op.Softmax _ -> new AutogradKernel(Functions::softmax);
            case Op.Scale scale -> new ScaleKernel(Tensors.kept(new Scalar(scale.factor())));
            case Op.Dropout dropout -> new DropoutKernel(dropout.rate(), false);
            case Op.DropPath drop -> new DropoutKernel(drop.rate(), true);
            case Op.MaxPool pool -> new MaxPoolKernel(pool);
            case Op.AvgPool pool -> average(pool, x);
            case Op.LpPool pool -> new AutogradKernel(Functions.lpPool(pool));
            case Op.AdaptiveAvgPool pool -> pool.output().equals(Size.ONE) ? new GlobalAvgPoolKernel(x)
                    : new AutogradKernel(Functions.adaptiveAverage(pool));
            case Op.RegionPooling _ -> new RegionBoundary();
            case Op.Flatten _ -> new FlattenKernel(x);
            case Op.Concat _ -> new ConcatKernel();
            case Op.Add _ -> new AddKernel();
            case Op.PairDifference _ -> new AutogradKernel(Functions::pairDifference);
            case Op.Slice slice -> new AutogradKernel(Functions.slice(slice));
            case Op.Upsample up -> new AutogradKernel(Functions.upsample(up, y));
            case Op.SpaceToDepth fold -> new AutogradKernel(Functions.spaceToDepth(fold, x, y));
            case Op.Pad pad -> new AutogradKernel(Functions.pad(pad));
            case Op.Crop crop -> x.equals(y) ? new IdentityKernel() : new CropKernel(crop, x, y);
            case Op.PadChannels pad -> new PadChannelsKernel(pad, x.channels());
        };
    }

    private static Kernel average(Op.AvgPool pool, Shape x) {
        var subsamples = pool.window().kernel().equals(Size.ONE) && pool.window().padding().equals(Size.ZERO);
        return subsamples ? new SubsampleKernel(pool.window().stride(), x) : new AvgPoolKernel(pool);
    }

    /// The normalisation takes over a ReLU that is its only reader, which then only passes the value on; and so does pooling,
    /// where nothing is trained, one whose only reader it is.
    private static Kernel fused(FusedType type, Network network, int i, Shape x, Shape y, Kernel[] before,
            GradientFlow flow, Liveness liveness) {
        var node = network.nodes().get(i);
        return switch (node.op()) {
            case Op.BatchNorm norm when flow.trained()[i] ->
                new FusedBatchNormKernel(type, norm, rectified(network, i, liveness), y);
            case Op.Relu _ when before[node.inputs().getFirst()] instanceof FusedBatchNormKernel norm
                    && norm.rectifies() ->
                new IdentityKernel();
            case Op.Relu _ when flow.trainsNothing() && isPooled(network, i, liveness) ->
                new IdentityKernel();
            case Op.MaxPool pool when flow.trainsNothing() -> new OneDnnMaxPoolKernel(type, pool,
                    network.nodes().get(node.inputs().getFirst()).op() instanceof Op.Relu
                            && isPooled(network, node.inputs().getFirst(), liveness),
                    x, y);
            case Op.Conv conv when PositionProduct.isNeeded(conv, x.channels()) ->
                new OneDnnProductKernel(type, conv, x, y);
            case Op.Conv conv when type == FusedType.FLOAT32 -> WinogradConvKernel.of(conv, x, y);
            case Op.Conv conv -> new OneDnnConvKernel(type, conv, x, y);
            case Op.TransposedConv conv -> new OneDnnTransposedConvKernel(type, conv, x, y);
            case Op.Linear linear -> OneDnnLinearKernel.of(type, linear, x);
            // Everything else is libtorch's, a new operation too.
            default -> of(node.op(), x, y, ReluGradient.TRUE);
        };
    }

    private static boolean rectified(Network network, int node, Liveness liveness) {
        return isReadOnlyBy(Op.Relu.class, network, node, liveness);
    }

    /// Whether pooling takes over a ReLU before it.
    private static boolean isPooled(Network network, int relu, Liveness liveness) {
        return isReadOnlyBy(Op.MaxPool.class, network, relu, liveness);
    }

    private static boolean isReadOnlyBy(Class<? extends Op> kind, Network network, int node, Liveness liveness) {
        var reader = liveness.lastReader()[node];
        return liveness.readers()[node] == 1 && reader != Liveness.CALLER
                && kind.isInstance(network.nodes().get(reader).op());
    }
}
