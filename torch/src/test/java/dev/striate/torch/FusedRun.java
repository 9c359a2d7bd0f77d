package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Network;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.onednn.Cpu;
import dev.striate.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Assumptions;

/// A network's fused run against libtorch's own kernels in float64: outputs, every gradient, running statistics.
final class FusedRun {
    private static final double TOLERANCE = 1e-4;
    /// What the few values of a small network that rounding takes over a ReLU's zero change of a gradient.
    private static final double TURNED = 0.1;

    private FusedRun() {}

    static void agreesWithFloat64(Network network, List<Integer> batches, Predicate<Parameter> trained) {
        Libtorch.load();
        Assumptions.assumeTrue(TensorPrimitive.available(), "oneDNN is not there on this platform");
        var expected = run(network, batches, trained, ComputeTypes.FLOAT64, Optional.empty());
        var fused = run(network, batches, trained, ComputeTypes.FLOAT32, Optional.of(FusedType.FLOAT32));
        expected.forEach((name, values) -> assertThat(deviation(fused.get(name), values)).as(name)
                .isLessThan(TOLERANCE));
        if (Cpu.BF16) isAsExactAsLibtorchInBf16(network, batches, trained, expected);
    }

    private static void isAsExactAsLibtorchInBf16(Network network, List<Integer> batches, Predicate<Parameter> trained,
            Map<String, double[]> expected) {
        var fused = run(network, batches, trained, ComputeTypes.BFLOAT16, Optional.of(FusedType.BFLOAT16));
        var libtorch = run(network, batches, trained, ComputeTypes.BFLOAT16, Optional.empty());
        expected.forEach((name, values) -> assertThat(error(fused.get(name), values)).as(name + " in bf16")
                .isLessThan(2 * error(libtorch.get(name), values) + TURNED));
    }

    /// The length of the difference, in parts of the expected values' length.
    private static double error(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0, length = 0;
        for (var i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference) / Math.max(1e-3, Math.sqrt(length));
    }

    /// The largest difference, in parts of the largest value.
    private static double deviation(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        var largest = 1e-3;
        var difference = 0.0;
        for (var i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        return difference / largest;
    }

    /// Outputs and input gradients of each batch, and the gradients and running statistics that add up over them.
    private static Map<String, double[]> run(Network network, List<Integer> batches, Predicate<Parameter> trained,
            ComputeTypes precise, Optional<FusedType> fused) {
        var parameters = Parameters.of(network);
        var results = new LinkedHashMap<String, double[]>();
        try (var _ = new PointerScope();
                var tensors = new ParameterTensors(parameters, _ -> ParameterGroup.DECAYED, Device.CPU,
                        precise.rest())) {
            tensors.train();
            for (var parameter : parameters) {
                var sizes = parameter.shape().stream().mapToLong(i -> i).toArray();
                tensors.get(parameter.name()).data().copy_(random(parameter.name(), sizes));
            }
            var graph = new ExecutionGraph(network, new Purpose(trained, true, false, fused, ReluGradient.TRUE));
            for (var batch = 0; batch < batches.size(); batch++) {
                var shape = network.input();
                var input = random("input" + batch,
                        new long[] { batches.get(batch), shape.channels(), shape.height(), shape.width() })
                        .to(precise.rest()).contiguous(MemoryFormat.ChannelsLast);
                try (var pass = new Pass(graph, tensors, precise, Pass.Mode.TRAINING, 7)) {
                    var output = pass.forward(input).get(network.outputName());
                    results.put("output " + batch, Tensors.doubles(output));
                    pass.backward(Map.of(network.outputName(),
                            random("weights" + batch, output.sizes().vec().get()).to(precise.rest())));
                    results.put("input's gradient " + batch, Tensors.doubles(pass.inputGradient()));
                }
            }
            for (var parameter : parameters) {
                var tensor = tensors.get(parameter.name());
                results.put(parameter.name(), Tensors.doubles(parameter.trainable() ? tensor.grad() : tensor));
            }
        }
        return results;
    }

    /// From −0.5 to 1.5; positive where it is a variance.
    private static Tensor random(String name, long[] sizes) {
        var count = 1;
        for (var side : sizes) count *= (int) side;
        var stream = RandomStream.of(3).at(name);
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = (float) (2 * stream.uniform(i) - (name.endsWith("var") ? 0 : 0.5));
        return Tensors.of(values, sizes);
    }
}
