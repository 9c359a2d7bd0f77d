package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import dev.striate.onednn.Cpu;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Max pooling, and the ReLU before it, by oneDNN, which remembers each maximum's place in a byte where libtorch takes eight.
/// The largest value rectified is the largest of the rectified ones: so the ReLU works on what is left, and its input need not
/// be kept. On the CPU, where nothing is trained: NaNs do not come through.
final class OneDnnMaxPoolKernel implements Kernel {
    private static final int LARGEST = algorithm.pooling_max.value;
    private static final Scalar ZERO = Tensors.kept(new Scalar(0));

    private final FusedType type;
    private final Window window;
    private final boolean relu;
    private final Shape x;
    private final Shape y;
    private final Map<Long, Passes> passes = new HashMap<>();

    private record Passes(TensorPrimitive forward, TensorPrimitive backward, long places) {}

    /// @param relu whether it has taken over the ReLU before it
    OneDnnMaxPoolKernel(FusedType type, Op.MaxPool pool, boolean relu, Shape x, Shape y) {
        this.type = type;
        window = pool.window();
        this.relu = relu;
        this.x = x;
        this.y = y;
    }

    private Passes passes(long n) {
        return passes.computeIfAbsent(n, this::prepare);
    }

    private Passes prepare(long n) {
        var from = type.batch(n, x);
        var to = type.batch(n, y);
        long[] stride = Tensors.longs(window.stride()), kernel = Tensors.longs(window.kernel());
        long[] before = Tensors.longs(window.padding()), behind = Tensors.longs(behind());
        long[] gaps = { window.dilation().height() - 1, window.dilation().width() - 1 };
        try (var attributes = new primitive_attr();
                var there = new pooling_forward.primitive_desc(Cpu.ENGINE, prop_kind.forward_training.value, LARGEST,
                        from, to, stride, kernel, gaps, before, behind, attributes, false);
                var back = new pooling_backward.primitive_desc(Cpu.ENGINE, LARGEST, from, to, stride, kernel, gaps,
                        before, behind, there, attributes, false)) {
            var places = Tensors.kept(there.workspace_desc());
            return new Passes(new TensorPrimitive(new pooling_forward(there), Map.of(DNNL_ARG_SRC, from,
                    DNNL_ARG_DST, to, DNNL_ARG_WORKSPACE, places)),
                    new TensorPrimitive(new pooling_backward(back), Map.of(DNNL_ARG_DIFF_SRC, from, DNNL_ARG_DIFF_DST,
                            to, DNNL_ARG_WORKSPACE, places)),
                    TensorPrimitive.floats(places));
        }
    }

    /// The padding behind a picture that the last window reaches, which is less than that before it where it falls short.
    private Size behind() {
        return new Size(behind(x.height(), y.height(), window.extent().height(), window.stride().height(),
                window.padding().height()),
                behind(x.width(), y.width(), window.extent().width(), window.stride().width(),
                        window.padding().width()));
    }

    private static int behind(int from, int to, int extent, int stride, int before) {
        return Math.max(0, (to - 1) * stride + extent - from - before);
    }

    @Override
    public Tensor forward(NodeContext node) {
        var x = type.dense(node.x());
        var passes = passes(x.size(0));
        var y = type.channelsLast(x.size(0), this.y);
        var places = torch.empty(passes.places());
        passes.forward().with(DNNL_ARG_SRC, x).with(DNNL_ARG_DST, y).with(DNNL_ARG_WORKSPACE, places).run();
        node.save(places);
        if (relu) torch.relu_(y);
        return y;
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = type.dense(node.gradient());
        if (relu) gradient = torch.threshold_backward(gradient, node.y(), ZERO);
        var given = type.channelsLast(gradient.size(0), x);
        passes(gradient.size(0)).backward().with(DNNL_ARG_DIFF_DST, gradient).with(DNNL_ARG_DIFF_SRC, given)
                .with(DNNL_ARG_WORKSPACE, node.saved(0)).run();
        node.give(0, given);
    }

    @Override
    public boolean readsOutput() {
        return relu;
    }
}
