package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A fully connected layer by oneDNN's matrix products, which read the weights and add to their gradient where these lie:
/// as a convolution, each pass would copy them twice. Float32 on the CPU, in training.
final class FusedProduct implements Kernel {
    /// Weights below which there is nothing to gain.
    private static final long LEAST_WEIGHTS = 1L << 18;

    private final long inputs;
    private final long features;
    private final boolean bias;
    private final Map<Long, Products> products = new HashMap<>();

    private FusedProduct(Op.Linear linear, Shape x) {
        inputs = x.elements();
        features = linear.features();
        bias = linear.bias();
    }

    /// The kernel of a layer: this one where it has many weights.
    static Kernel of(Op.Linear linear, Shape x) {
        return x.elements() * linear.features() >= LEAST_WEIGHTS ? new FusedProduct(linear, x)
                : new Kernels.Product(linear);
    }

    private record Products(OneDnn.Operation forward, OneDnn.Operation input, OneDnn.Operation weight) {}

    private Products products(long pictures) {
        return products.computeIfAbsent(pictures, n -> new Products(
                product(n, inputs, features, format_tag.ab, format_tag.ba, bias, false),
                product(n, features, inputs, format_tag.ab, format_tag.ab, false, false),
                product(features, n, inputs, format_tag.ba, format_tag.ab, false, true)));
    }

    /// rows × inner times inner × columns, with a bias, or added to what the result holds.
    private static OneDnn.Operation product(long rows, long inner, long columns, format_tag left, format_tag right,
            boolean bias, boolean adds) {
        var x = matrix(rows, inner, left);
        var weights = matrix(inner, columns, right);
        var y = matrix(rows, columns, format_tag.ab);
        var offset = matrix(1, columns, format_tag.ab);
        var arguments = new HashMap<>(Map.of(DNNL_ARG_SRC, x, DNNL_ARG_WEIGHTS, weights, DNNL_ARG_DST, y));
        if (bias) arguments.put(DNNL_ARG_BIAS, offset);
        try (var attributes = OneDnn.attributes(adds);
                var description = bias
                        ? new matmul.primitive_desc(OneDnn.Cpu.ENGINE, x, weights, offset, y, attributes, false)
                        : new matmul.primitive_desc(OneDnn.Cpu.ENGINE, x, weights, y, attributes, false)) {
            return new OneDnn.Operation(new matmul(description), arguments);
        }
    }

    private static memory.desc matrix(long rows, long columns, format_tag order) {
        return Tensors.kept(new memory.desc(new long[] { rows, columns }, memory.data_type.f32, order));
    }

    @Override
    public Tensor forward(Step step) {
        var x = vectors(step.x());
        var y = torch.empty(x.size(0), features);
        var forward = products(x.size(0)).forward();
        if (bias) forward.with(DNNL_ARG_BIAS, step.parameter("bias"));
        run(forward, x, step.parameter("weight"), y);
        return y;
    }

    @Override
    public void backward(Step step) {
        var gradient = step.gradient().contiguous();
        var products = products(gradient.size(0));
        if (step.wants(0)) {
            var given = torch.empty(gradient.size(0), inputs);
            run(products.input(), gradient, step.parameter("weight"), given);
            step.give(0, given.view_as(step.x()));
        }
        if (!step.trainsParameters()) return;
        run(products.weight(), gradient, vectors(step.x()), step.parameter("weight").mutable_grad());
        if (bias) step.addTo("bias", gradient.sum(0));
    }

    private static void run(OneDnn.Operation product, Tensor left, Tensor right, Tensor result) {
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
