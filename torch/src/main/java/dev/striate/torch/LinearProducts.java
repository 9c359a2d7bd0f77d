package dev.striate.torch;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.onednn.Cpu;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.pytorch.Tensor;

/// oneDNN's matrix products of a layer whose weights are features × inputs: of rows of its inputs, of the gradients that come
/// back to it, and of both for the weights, whose gradient they are added to where it lies. On the CPU.
record LinearProducts(TensorPrimitive forward, TensorPrimitive input, TensorPrimitive weight) {
    /// @param type of the inputs, the weights as they are read, and the gradients that come back
    static LinearProducts of(FusedType type, long rows, long inputs, long features, boolean bias) {
        var x = type.desc(format_tag.ab, rows, inputs);
        var y = type.desc(format_tag.ab, rows, features);
        return new LinearProducts(product(x, type.desc(format_tag.ba, inputs, features), y, bias, false),
                product(y, type.desc(format_tag.ab, features, inputs), x, false, false),
                product(type.desc(format_tag.ba, features, rows), x,
                        TensorPrimitive.desc(format_tag.ab, features, inputs), false, true));
    }

    /// A product of two matrices, with a bias for each column, or added to what the result holds; or, with neither, of as many
    /// pairs of matrices as the first size says.
    static TensorPrimitive product(memory.desc left, memory.desc right, memory.desc result, boolean bias,
            boolean adds) {
        var offset = TensorPrimitive.desc(format_tag.ab, 1, result.get_dims().get(1));
        var arguments = new HashMap<>(Map.of(DNNL_ARG_SRC, left, DNNL_ARG_WEIGHTS, right, DNNL_ARG_DST, result));
        if (bias) arguments.put(DNNL_ARG_BIAS, offset);
        try (var attributes = TensorPrimitive.attributes(adds);
                var description = bias
                        ? new matmul.primitive_desc(Cpu.ENGINE, left, right, offset, result, attributes, false)
                        : new matmul.primitive_desc(Cpu.ENGINE, left, right, result, attributes, false)) {
            return new TensorPrimitive(new matmul(description), arguments);
        }
    }

    static void run(TensorPrimitive product, Tensor left, Tensor right, Tensor result) {
        product.with(DNNL_ARG_SRC, left).with(DNNL_ARG_WEIGHTS, right).with(DNNL_ARG_DST, result).run();
    }
}
