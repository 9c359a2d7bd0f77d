package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Batch normalisation over the batch and the ReLU after it in one sweep, by oneDNN: on the CPU, in training.
///
/// It lasts as long as its program, which is one trainer's: primitives are made once for each size of batch.
final class FusedBatchNormKernel implements Kernel {
    private final FusedType type;
    private final Op.BatchNorm norm;
    private final boolean relu;
    private final Shape shape;
    private final Scalar momentum;
    private final Scalar rest;
    private final Map<Long, Sweep> sweeps = new HashMap<>();

    /// @param relu whether the output is rectified too
    FusedBatchNormKernel(FusedType type, Op.BatchNorm norm, boolean relu, Shape shape) {
        this.type = type;
        this.norm = norm;
        this.relu = relu;
        this.shape = shape;
        momentum = Tensors.kept(new Scalar(norm.momentum()));
        rest = Tensors.kept(new Scalar(1 - norm.momentum()));
    }

    /// Whether it has taken over the ReLU after it.
    boolean rectifies() {
        return relu;
    }

    @Override
    public Tensor forward(NodeContext node) {
        var x = type.dense(node.x());
        var sweep = sweeps.computeIfAbsent(x.size(0), Sweep::new);
        var weight = isDarknets() ? DarknetVariance.of(norm, x).scale(node.parameter("weight"))
                : node.parameter("weight");
        var y = torch.empty_like(x);
        var mean = torch.empty_like(node.parameter("running_mean"));
        var variance = torch.empty_like(mean);
        var positive = torch.empty(sweep.workspaceFloats);
        sweep.forward.with(DNNL_ARG_SRC, x).with(DNNL_ARG_DST, y).with(DNNL_ARG_MEAN, mean)
                .with(DNNL_ARG_VARIANCE, variance).with(DNNL_ARG_SCALE, weight)
                .with(DNNL_ARG_SHIFT, node.parameter("bias"));
        if (relu) sweep.forward.with(DNNL_ARG_WORKSPACE, positive);
        sweep.forward.run();
        node.parameter("running_mean").lerp_(mean, momentum);
        node.parameter("running_var").mul_(rest).add_(variance, sweep.unbiasedMomentum);
        node.save(mean, variance, positive);
        return y;
    }

    @Override
    public void backward(NodeContext node) {
        var x = type.dense(node.x());
        var sweep = sweeps.get(x.size(0));
        var gradient = type.dense(node.gradient());
        var inPlace = node.ownsGradient() && gradient == node.gradient();
        var result = inPlace ? gradient : torch.empty_like(x);
        var variance = isDarknets() ? DarknetVariance.of(norm, x).back(node.saved(1)) : node.saved(1);
        var scale = torch.empty_like(node.saved(0));
        var shift = torch.empty_like(scale);
        sweep.backward.with(DNNL_ARG_SRC, x).with(DNNL_ARG_DIFF_DST, gradient).with(DNNL_ARG_DIFF_SRC, result)
                .with(DNNL_ARG_MEAN, node.saved(0)).with(DNNL_ARG_VARIANCE, variance)
                .with(DNNL_ARG_SCALE, node.parameter("weight")).with(DNNL_ARG_DIFF_SCALE, scale)
                .with(DNNL_ARG_DIFF_SHIFT, shift);
        if (relu) sweep.backward.with(DNNL_ARG_WORKSPACE, node.saved(2));
        sweep.backward.run();
        if (isDarknets()) DarknetVariance.of(norm, x).correct(scale, node.saved(1));
        node.addTo("weight", scale);
        node.addTo("bias", shift);
        if (inPlace) node.pass(0);
        else node.give(0, result);
    }

    private boolean isDarknets() {
        return norm.variance() == Op.BatchVariance.DARKNET;
    }

    @Override
    public boolean readsInputs() {
        return true;
    }

    /// The primitives for batches of one size.
    private final class Sweep {
        private final TensorPrimitive forward;
        private final TensorPrimitive backward;
        private final long workspaceFloats;
        private final Scalar unbiasedMomentum;

        Sweep(long n) {
            var picture = type.batch(n, shape);
            var flags = dnnl_use_scale | dnnl_use_shift | (relu ? dnnl_fuse_norm_relu : 0);
            var epsilon = (float) norm.epsilon();
            try (var attributes = new primitive_attr();
                    var there = new batch_normalization_forward.primitive_desc(Cpu.ENGINE,
                            prop_kind.forward_training.value, picture, picture, epsilon, flags, attributes, false);
                    var back = new batch_normalization_backward.primitive_desc(Cpu.ENGINE,
                            prop_kind.backward.value, picture, picture, picture, epsilon, flags, there, attributes,
                            false)) {
                var workspace = there.workspace_desc();
                workspaceFloats = relu ? TensorPrimitive.floats(workspace) : 0;
                forward = new TensorPrimitive(new batch_normalization_forward(there),
                        arguments(picture, workspace, DNNL_ARG_DST, DNNL_ARG_SHIFT));
                var arguments = arguments(picture, workspace, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SHIFT);
                arguments.put(DNNL_ARG_DIFF_SRC, picture);
                arguments.put(DNNL_ARG_DIFF_SCALE, arguments.get(DNNL_ARG_SCALE));
                backward = new TensorPrimitive(new batch_normalization_backward(back), arguments);
            }
            var count = (double) n * shape.size().area();
            unbiasedMomentum = Tensors.kept(new Scalar(norm.momentum() * count / (count - 1)));
        }

        private Map<Integer, memory.desc> arguments(memory.desc picture, memory.desc workspace, int result,
                int shift) {
            var channel = TensorPrimitive.vector(shape.channels());
            var arguments = new LinkedHashMap<Integer, memory.desc>();
            arguments.put(DNNL_ARG_SRC, picture);
            arguments.put(result, picture);
            arguments.put(DNNL_ARG_MEAN, channel);
            arguments.put(DNNL_ARG_VARIANCE, channel);
            arguments.put(DNNL_ARG_SCALE, channel);
            arguments.put(shift, channel);
            if (relu) arguments.put(DNNL_ARG_WORKSPACE, workspace);
            return arguments;
        }
    }
}
