package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.onednn.WorkerThreads;
import dev.striate.onednn.winograd.Tiling;
import dev.striate.onednn.winograd.TransformedFilters;
import dev.striate.onednn.winograd.WinogradConvolution;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// A 3×3 convolution in a quarter of the multiplications: F(4×4, 3×3) of Lavin and Gray 2015, forward and both ways back;
/// float32 on the CPU, in training. Where a batch is too small to pay for the transforms it is [OneDnnConvKernel].
///
/// Each member of the [WorkerThreads] takes a chunk of tiles all the way, transform, products, transform, while it is in the cache.
final class WinogradConvKernel implements Kernel {
    private static final WinogradConvolution.Limits LIMITS = WinogradConvolution.Limits.TRAINING;

    private final Kernel direct;
    private final boolean bias;
    private final Shape x;
    private final Shape y;
    private final TransformedFilters filters;
    private final Map<Integer, WinogradBatch> batches = new HashMap<>();

    private WinogradConvKernel(Op.Conv conv, Shape x) {
        this.x = x;
        y = x.withChannels(conv.filters());
        direct = new OneDnnConvKernel(FusedType.FLOAT32, conv, x, y);
        bias = conv.bias();
        filters = new TransformedFilters(conv.filters(), x.channels());
    }

    /// The kernel of a convolution of this input: this one where the window fits and channels are many, else the direct.
    static Kernel of(Op.Conv conv, Shape x, Shape y) {
        var fits = conv.groups() == 1 && WinogradConvolution.fits(conv.window())
                && conv.window().padding().equals(Size.ONE) && LIMITS.areEnough(x.channels(), conv.filters());
        return fits && WorkerThreads.available() ? new WinogradConvKernel(conv, x)
                : new OneDnnConvKernel(FusedType.FLOAT32, conv, x, y);
    }

    private boolean pays(Tensor batch) {
        return LIMITS.pay(tiling(batch));
    }

    private Tiling tiling(Tensor batch) {
        return new Tiling(Math.toIntExact(batch.size(0)), x, y, 1);
    }

    private WinogradBatch batch(Tensor batch) {
        return batches.computeIfAbsent((int) batch.size(0), _ -> new WinogradBatch(tiling(batch), filters));
    }

    @Override
    public Tensor forward(NodeContext node) {
        var x = Tensors.dense(node.x());
        if (!pays(x)) return direct.forward(node);
        return batch(x).convolve(x, node.parameter("weight"),
                bias ? Tensors.floats(node.parameter("bias")) : new float[0], node.scratch());
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = Tensors.dense(node.gradient());
        if (!pays(gradient)) {
            direct.backward(node);
            return;
        }
        if (node.trainsParameters()) {
            batch(gradient).addWeightGradient(Tensors.dense(node.x()), gradient,
                    node.parameter("weight").mutable_grad(), node.scratch());
            if (bias) node.addTo("bias", Tensors.channelSums(gradient));
        }
        if (node.wants(0)) node.give(0, batch(gradient).inputGradient(gradient, node.parameter("weight"),
                node.scratch()));
    }

    @Override
    public boolean readsInputsForParameters() {
        return true;
    }
}
