package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.memory;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A fully connected layer by oneDNN's matrix products, which read the weights and add to their gradient where these lie:
/// as a convolution, each pass would copy them twice. Float32 on the CPU, in training.
final class OneDnnLinearKernel implements Kernel {
    /// Weights below which there is nothing to gain.
    private static final long LEAST_WEIGHTS = 1L << 18;

    private final long inputs;
    private final long features;
    private final boolean bias;
    private final Map<Long, Products> products = new HashMap<>();

    private OneDnnLinearKernel(Op.Linear linear, Shape x) {
        inputs = x.elements();
        features = linear.features();
        bias = linear.bias();
    }

    /// The kernel of a layer: this one where it has many weights.
    static Kernel of(Op.Linear linear, Shape x) {
        return x.elements() * linear.features() >= LEAST_WEIGHTS ? new OneDnnLinearKernel(linear, x)
                : new LinearKernel(linear);
    }

    private record Products(TensorPrimitive forward, TensorPrimitive input, TensorPrimitive weight) {}

    private Products products(long pictures) {
        return products.computeIfAbsent(pictures, n -> new Products(
                product(n, inputs, features, format_tag.ab, format_tag.ba, bias, false),
                product(n, features, inputs, format_tag.ab, format_tag.ab, false, false),
                product(features, n, inputs, format_tag.ba, format_tag.ab, false, true)));
    }

    /// rows × inner times inner × columns, with a bias, or added to what the result holds.
    private static TensorPrimitive product(long rows, long inner, long columns, format_tag left, format_tag right,
            boolean bias, boolean adds) {
        var x = TensorPrimitive.desc(left, rows, inner);
        var weights = TensorPrimitive.desc(right, inner, columns);
        var y = TensorPrimitive.desc(format_tag.ab, rows, columns);
        var offset = TensorPrimitive.desc(format_tag.ab, 1, columns);
        var arguments = new HashMap<>(Map.of(DNNL_ARG_SRC, x, DNNL_ARG_WEIGHTS, weights, DNNL_ARG_DST, y));
        if (bias) arguments.put(DNNL_ARG_BIAS, offset);
        try (var attributes = TensorPrimitive.attributes(adds);
                var description = bias
                        ? new matmul.primitive_desc(Cpu.ENGINE, x, weights, offset, y, attributes, false)
                        : new matmul.primitive_desc(Cpu.ENGINE, x, weights, y, attributes, false)) {
            return new TensorPrimitive(new matmul(description), arguments);
        }
    }

    @Override
    public Tensor forward(NodeContext node) {
        var x = vectors(node.x());
        var y = torch.empty(x.size(0), features);
        var forward = products(x.size(0)).forward();
        if (bias) forward.with(DNNL_ARG_BIAS, node.parameter("bias"));
        run(forward, x, node.parameter("weight"), y);
        return y;
    }

    @Override
    public void backward(NodeContext node) {
        var gradient = node.gradient().contiguous();
        var products = products(gradient.size(0));
        if (node.wants(0)) {
            var given = torch.empty(gradient.size(0), inputs);
            run(products.input(), gradient, node.parameter("weight"), given);
            node.give(0, given.view_as(node.x()));
        }
        if (!node.trainsParameters()) return;
        run(products.weight(), gradient, vectors(node.x()), node.parameter("weight").mutable_grad());
        if (bias) node.addTo("bias", gradient.sum(0));
    }

    private static void run(TensorPrimitive product, Tensor left, Tensor right, Tensor result) {
        product.with(DNNL_ARG_SRC, left).with(DNNL_ARG_WEIGHTS, right).with(DNNL_ARG_DST, result).run();
    }

    /// Channels × height × width as the weights have them.
    private static Tensor vectors(Tensor x) {
        return x.flatten(1, -1).contiguous();
    }

    @Override
    public boolean readsInputs() {
        return true;
    }
}
