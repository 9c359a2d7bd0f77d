package dev.striate.torch;

import static dev.striate.graph.Options.pad;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Layer;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Fully connected layers on oneDNN against libtorch's own in float64.
@Tag("native")
class OneDnnLinearKernelTest {
    private static final List<Integer> BATCHES = List.of(8, 5, 1, 8);

    @Test
    void agreesWithFloat64OnPicturesAndVectors() {
        var network = Layer.input(3, 24, 24).conv(20, 3, pad(1)).flatten().linear(64).linear(4100).network("products");
        FusedRun.agreesWithFloat64(network, BATCHES, _ -> true);
    }

    @Test
    void keepsFrozenWeightsWithoutGradient() {
        var network = Layer.input(512, 1, 1).at("a").linear(600).at("b").linear(700).network("frozen");
        FusedRun.agreesWithFloat64(network, BATCHES, parameter -> parameter.name().startsWith("b"));
    }

    @Test
    void takesOnlyLayersOfManyWeights() {
        assertThat(OneDnnLinearKernel.of(FusedType.FLOAT32, new Op.Linear(1000, true), Shape.vector(512)))
                .isInstanceOf(OneDnnLinearKernel.class);
        assertThat(OneDnnLinearKernel.of(FusedType.FLOAT32, new Op.Linear(10, true), Shape.vector(512)))
                .isInstanceOf(LinearKernel.class);
    }
}
