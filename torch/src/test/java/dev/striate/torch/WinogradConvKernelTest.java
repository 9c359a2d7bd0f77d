package dev.striate.torch;

import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.onednn.WorkerThreads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Convolutions in fewer multiplications against libtorch's own in float64.
@Tag("native")
class WinogradConvKernelTest {
    /// Batches of one size after another, and one that is too small.
    private static final List<Integer> BATCHES = List.of(16, 17, 1);

    @BeforeEach
    void wherePossible() {
        Libtorch.load();
        Assumptions.assumeTrue(TensorPrimitive.available() && WorkerThreads.available(),
                "oneDNN or OpenMP is not there");
    }

    @ParameterizedTest(name = "{0} to {1} channels on {2}x{3}")
    @CsvSource({ "64,64,30,31", "96,64,21,33", "64,80,35,18", "130,64,22,25" })
    void agreesWithFloat64(int channels, int filters, int height, int width) {
        var network = Layer.input(channels, height, width).conv(filters, 3, pad(1)).network("convolution");
        FusedRun.agreesWithFloat64(network, BATCHES, _ -> true);
    }

    @Test
    void keepsFrozenWeightsWithoutGradient() {
        var network = Layer.input(64, 32, 32).at("a").conv(64, 3, pad(1)).at("b").conv(64, 3, pad(1)).network("frozen");
        FusedRun.agreesWithFloat64(network, List.of(16), parameter -> parameter.name().startsWith("b"));
    }

    @Test
    void takesOnlyConvolutionsOfThreeByThreeWithManyChannels() {
        Map<String, UnaryOperator<Layer>> taken = Map.of("many", x -> x.conv(64, 3, pad(1)), "more",
                x -> x.conv(128, 3, pad(1)));
        Map<String, UnaryOperator<Layer>> left = Map.of("strided", x -> x.conv(64, 3, pad(1), stride(2)), "unpadded",
                x -> x.conv(64, 3), "large", x -> x.conv(64, 5, pad(1)), "few", x -> x.conv(32, 3, pad(1)));
        taken.forEach((name, layer) -> assertThat(kernel(layer)).as(name).isInstanceOf(WinogradConvKernel.class));
        left.forEach((name, layer) -> assertThat(kernel(layer)).as(name).isInstanceOf(OneDnnConvKernel.class));
    }

    private static Kernel kernel(UnaryOperator<Layer> layer) {
        Network network = layer.apply(Layer.input(64, 8, 8)).network("one");
        return new ExecutionGraph(network,
                new Purpose(_ -> true, true, false, Optional.of(FusedType.FLOAT32), ReluGradient.TRUE)).nodes()
                .getLast().kernel();
    }
}
