package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A fully connected layer by oneDNN's matrix products, which read the weights and add to their gradient where these lie:
/// as a convolution, each pass would copy them twice. On the CPU, in training.
final class OneDnnLinearKernel implements Kernel {
    /// Weights below which there is nothing to gain.
    private static final long LEAST_WEIGHTS = 1L << 18;

    private final FusedType type;
    private final long inputs;
    private final long features;
    private final boolean bias;
    private final Map<Long, LinearProducts> products = new HashMap<>();

    private OneDnnLinearKernel(FusedType type, Op.Linear linear, Shape x) {
        this.type = type;
        inputs = x.elements();
        features = linear.features();
        bias = linear.bias();
    }

    /// The kernel of a layer: this one where it has many weights.
    static Kernel of(FusedType type, Op.Linear linear, Shape x) {
        return x.elements() * linear.features() >= LEAST_WEIGHTS ? new OneDnnLinearKernel(type, linear, x)
                : new LinearKernel(linear);
    }

    private LinearProducts products(long pictures) {
        return products.computeIfAbsent(pictures, n -> LinearProducts.of(type, n, inputs, features, bias));
    }

    @Override
    public Tensor forward(NodeContext node) {
        var x = vectors(node.x());
        var y = type.empty(x.size(0), features);
        var forward = products(x.size(0)).forward();
        if (bias) forward.with(DNNL_ARG_BIAS, node.parameter("bias"));
        LinearProducts.run(forward, x, type.cast(node.parameter("weight")), y);
        return y;
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = type.cast(node.gradient()).contiguous();
        var products = products(gradient.size(0));
        if (node.wants(0)) {
            var given = type.empty(gradient.size(0), inputs);
            LinearProducts.run(products.input(), gradient, type.cast(node.parameter("weight")), given);
            node.give(0, given.view_as(node.x()));
        }
        if (!node.trainsParameters()) return;
        LinearProducts.run(products.weight(), gradient, vectors(node.x()), node.parameter("weight").mutable_grad());
        if (bias) node.addTo("bias", Tensors.channelSums(gradient));
    }

    /// Channels × height × width as the weights have them.
    private Tensor vectors(Tensor x) {
        return type.cast(x).flatten(1, -1).contiguous();
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
