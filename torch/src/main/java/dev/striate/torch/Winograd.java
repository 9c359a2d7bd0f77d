package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.winograd.Filters;
import dev.striate.winograd.Tiling;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// A 3×3 convolution in a quarter of the multiplications: F(4×4, 3×3) of Lavin and Gray 2015, forward and both ways back;
/// float32 on the CPU, in training. Where a batch is too small to pay for the transforms it is [FusedConvolution].
///
/// Each member of the [Crew] takes a chunk of tiles all the way, transform, products, transform, while it is in the cache.
final class Winograd implements Kernel {
    private static final int FEWEST_CHANNELS = 64;
    /// Multiply-accumulates below which handing the work to the crew costs what the arithmetic saves.
    private static final long LEAST_WORK = 1L << 29;

    private final Kernel direct;
    private final boolean bias;
    private final Shape x;
    private final Shape y;
    private final Filters filters;
    private final Map<Integer, TileChunks> chunks = new HashMap<>();

    private Winograd(Op.Conv conv, Shape x) {
        this.x = x;
        y = x.withChannels(conv.filters());
        direct = new FusedConvolution(conv, x, y);
        bias = conv.bias();
        filters = new Filters(conv.filters(), x.channels());
    }

    /// The kernel of a convolution of this input: this one where the window fits and channels are many, else the direct.
    static Kernel of(Op.Conv conv, Shape x, Shape y) {
        var window = conv.window();
        var fits = window.kernel().equals(Size.square(3)) && window.stride().equals(Size.square(1))
                && window.padding().equals(Size.square(1)) && window.dilation().equals(Size.square(1))
                && conv.groups() == 1 && Math.min(conv.filters(), x.channels()) >= FEWEST_CHANNELS;
        return fits && Crew.available() ? new Winograd(conv, x) : new FusedConvolution(conv, x, y);
    }

    private boolean pays(Tensor x) {
        var tiling = tiling(x);
        var work = x.size(0) * y.height() * y.width() * Filters.AREA * filters.filters() * filters.channels();
        return work >= LEAST_WORK
                && tiling.rows() * tiling.columns() >= Math.max(filters.filters(), filters.channels());
    }

    private Tiling tiling(Tensor batch) {
        return new Tiling(Math.toIntExact(batch.size(0)), x, y, 1);
    }

    private TileChunks chunks(Tensor x) {
        return chunks.computeIfAbsent((int) x.size(0), _ -> new TileChunks(tiling(x), filters));
    }

    @Override
    public Tensor forward(Step step) {
        var x = Tensors.dense(step.x());
        if (!pays(x)) return direct.forward(step);
        var y = chunks(x).convolve(x, step.parameter("weight"));
        return bias ? y.add_(step.parameter("bias").view(1, -1, 1, 1)) : y;
    }

    @Override
    public void backward(Step step) {
        var x = Tensors.dense(step.x());
        if (!pays(x)) {
            direct.backward(step);
            return;
        }
        var gradient = Tensors.dense(step.gradient());
        if (step.trainsParameters()) {
            chunks(x).addWeightGradient(x, gradient, step.parameter("weight").mutable_grad());
            if (bias) step.addTo("bias", gradient.sum(new long[] { 0, 2, 3 }));
        }
        if (step.wants(0)) step.give(0, chunks(x).inputGradient(gradient, step.parameter("weight")));
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
