package dev.striate.torch;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pooling by oneDNN, through weights that stay as they are, against libtorch's own in float64.
@Tag("native")
class OneDnnMaxPoolKernelTest {
    private static final List<Integer> BATCHES = List.of(4, 1, 4);
    private static final Map<String, UnaryOperator<Layer>> LAYERS = new LinkedHashMap<>();

    static {
        LAYERS.put("rectified", x -> x.conv(16, 3).relu().maxPool(2).conv(8, 3));
        LAYERS.put("not rectified", x -> x.conv(16, 3).maxPool(2).conv(8, 3));
        LAYERS.put("overlapping and padded", x -> x.conv(5, 3).relu().maxPool(3, stride(2), pad(1)));
        LAYERS.put("with a last window beyond the picture", x -> x.conv(5, 3).relu().maxPool(3, stride(2), ceil()));
        LAYERS.put("with pixels left over", x -> x.conv(5, 2).relu().maxPool(3).conv(4, 1));
        LAYERS.put("whose ReLU another reads", OneDnnMaxPoolKernelTest::readTwice);
    }

    @BeforeEach
    void wherePossible() {
        Assumptions.assumeTrue(TensorPrimitive.available(), "oneDNN is not there");
    }

    static List<String> layers() {
        return List.copyOf(LAYERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void agreesWithFloat64(String name) {
        FusedRun.agreesWithFloat64(network(name), BATCHES, _ -> false);
    }

    @Test
    void takesOverAReluThatNobodyElseReadsWhereNothingIsTrained() {
        assertThat(kernels("rectified", false)).hasAtLeastOneElementOfType(OneDnnMaxPoolKernel.class)
                .doesNotHaveAnyElementsOfTypes(ReluKernel.class, MaxPoolKernel.class);
        assertThat(kernels("whose ReLU another reads", false)).hasAtLeastOneElementOfType(ReluKernel.class);
        assertThat(kernels("rectified", true)).hasAtLeastOneElementOfType(MaxPoolKernel.class)
                .hasAtLeastOneElementOfType(ReluKernel.class);
    }

    private static List<Kernel> kernels(String name, boolean trained) {
        var purpose = new Purpose(_ -> trained, true, false, Optional.of(FusedType.FLOAT32), ReluGradient.TRUE);
        return new ExecutionGraph(network(name), purpose).nodes().stream().map(PreparedNode::kernel).toList();
    }

    private static Network network(String name) {
        return LAYERS.get(name).apply(Layer.input(6, 13, 14)).network("pooling");
    }

    private static Layer readTwice(Layer x) {
        var relu = x.conv(8, 3, pad(1)).relu();
        return relu.maxPool(2).concat(relu.avgPool(2));
    }
}
