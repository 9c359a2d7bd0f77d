package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Layer;
import dev.striate.graph.Op;
import dev.striate.graph.Parameters;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Darknet's normalisation of two pictures of one value, 1 and 3, by hand: their mean is 2 and their variance
/// (1 + 1)/(2 − 1) = 2.
@Tag("native")
class DarknetVarianceTest {
    private static final double ROOT = Math.sqrt(2);

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void dividesByNMinusOneAndTakesDarknetsWayBack(boolean fused) {
        Libtorch.load();
        var network = Layer.input(1, 1, 1).at("norm").then(new Op.BatchNorm(1e-12, 0.25, Op.BatchVariance.DARKNET))
                .network("one normalisation");
        try (var _ = new PointerScope();
                var tensors = new ParameterTensors(Parameters.of(network), _ -> ParameterGroup.DECAYED, Device.CPU,
                        ComputeTypes.FLOAT32.rest())) {
            tensors.train();
            Map.of("weight", 3.0, "bias", 0.5, "running_mean", 0.0, "running_var", 1.0)
                    .forEach((name, value) -> tensors.get("norm." + name).data().copy_(batch(value).flatten()));
            var graph = new ExecutionGraph(network, new Purpose(_ -> true, true, false,
                    fused ? FusedType.of(Device.CPU, ComputeTypes.FLOAT32) : Optional.empty(), ReluGradient.TRUE));
            try (var pass = new Pass(graph, tensors, ComputeTypes.FLOAT32, Pass.Mode.TRAINING, 0)) {
                var y = pass.forward(batch(1, 3)).get("output");
                thenIs(y, 3 * -1 / ROOT + 0.5, 3 * 1 / ROOT + 0.5);
                pass.backward(Map.of("output", batch(1, 0)));
                // δ = (3, 0), its mean 3/2; the mean of δ·(x − 2) is −3/2, which over the variance is −3/4.
                thenIs(pass.inputGradient(), (3 - 1.5 - 0.75) / ROOT, (0 - 1.5 + 0.75) / ROOT);
            }
            thenIs(tensors.get("norm.weight").grad(), -1 / ROOT);
            thenIs(tensors.get("norm.bias").grad(), 1);
            thenIs(tensors.get("norm.running_mean"), 0.25 * 2);
            thenIs(tensors.get("norm.running_var"), 0.75 * 1 + 0.25 * 2);
        }
    }

    private static Tensor batch(double... values) {
        return Tensors.of(values, values.length, 1, 1, 1).to(ComputeTypes.FLOAT32.rest());
    }

    /// To 10⁻⁵: on its way back Darknet adds that to the variance.
    private static void thenIs(Tensor tensor, double... expected) {
        assertThat(Tensors.doubles(tensor)).containsExactly(expected, within(1e-5));
    }
}
