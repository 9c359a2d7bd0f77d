package dev.striate.torch;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The fused float32 run against libtorch's own kernels in float64, over batches of several sizes. No bias stands before a
/// normalisation: its gradient is nothing but rounding.
@Tag("native")
class FusedNormalisationTest {
    private static final List<Integer> BATCHES = List.of(6, 4, 9, 6);
    private static final double TOLERANCE = 1e-4;
    private static final Map<String, UnaryOperator<Layer>> NETWORKS = new LinkedHashMap<>();

    static {
        NETWORKS.put("withRelu", x -> x.conv(16, 3, noBias()).batchNorm().relu().conv(3, 1));
        NETWORKS.put("alone", x -> x.conv(16, 3, noBias()).batchNorm().conv(3, 1));
        NETWORKS.put("ofTenChannels",
                x -> x.conv(10, 3, noBias()).batchNorm().relu().conv(12, 1, noBias()).batchNorm().relu());
        NETWORKS.put("ofThreeChannels",
                x -> x.conv(3, 3, noBias()).batchNorm().relu().conv(5, 1, noBias()).batchNorm());
        NETWORKS.put("readTwice", FusedNormalisationTest::readTwice);
        NETWORKS.put("ofAJoin", x -> x.concat(x.conv(6, 1, noBias()).relu()).batchNorm().relu().conv(3, 1));
        NETWORKS.put("afterSubsampling", x -> x.avgPool(1, stride(2)).batchNorm().relu().conv(3, 1));
        NETWORKS.put("beforeAveraging",
                x -> x.conv(8, 1, noBias()).batchNorm().relu().globalAvgPool().flatten().linear(3));
        NETWORKS.put("ofVectors", x -> x.flatten().then(new Op.Linear(10, false)).batchNorm().relu().linear(4));
        NETWORKS.put("inAResidualBlock", FusedNormalisationTest::residualBlock);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithFloat64(String name) {
        compare(network(name), _ -> true);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithFloat64WhereNormalisationsAreFrozen(String name) {
        var network = network(name);
        compare(network, parameter -> !(network.nodes().get(parameter.node()).op() instanceof Op.BatchNorm));
    }

    @Test
    void takesOverOnlyAReluThatIsItsOneReader() {
        Engine.start();
        assertThat(kernels(network("withRelu"))).filteredOn(Kernels.Passing.class::isInstance).hasSize(2);
        assertThat(kernels(network("readTwice"))).filteredOn(Rectifier.class::isInstance).hasSize(1);
    }

    static Stream<String> networks() {
        return NETWORKS.keySet().stream();
    }

    private static Network network(String name) {
        return NETWORKS.get(name).apply(Layer.input(4, 8, 8)).network(name);
    }

    private static Layer readTwice(Layer x) {
        var normalised = x.conv(4, 1, noBias()).batchNorm();
        return normalised.relu().conv(4, 1).add(normalised).conv(3, 1);
    }

    private static Layer residualBlock(Layer x) {
        var stem = x.conv(16, 3, pad(1), noBias()).batchNorm().relu();
        return stem.conv(16, 3, pad(1), noBias()).batchNorm().relu().conv(16, 3, pad(1), noBias()).batchNorm()
                .add(stem).relu().globalAvgPool().flatten().linear(3);
    }

    private static List<Kernel> kernels(Network network) {
        return new Program(network, Parameters.of(network), _ -> true, true, false, true).nodes().stream()
                .map(Program.Prepared::kernel).toList();
    }

    private static void compare(Network network, Predicate<Parameter> trained) {
        Engine.start();
        Assumptions.assumeTrue(OneDnn.available(), "oneDNN is not there on this platform");
        var fused = run(network, trained, Pass.Precise.FLOAT32, true);
        var expected = run(network, trained, Pass.Precise.FLOAT64, false);
        expected.forEach((name, values) -> {
            var largest = 1e-3;
            for (var value : values) largest = Math.max(largest, Math.abs(value));
            assertThat(fused.get(name)).as(name).containsExactly(values, within(TOLERANCE * largest));
        });
    }

    /// Outputs and input gradients of each batch, and the gradients and running statistics that add up over them.
    private static Map<String, double[]> run(Network network, Predicate<Parameter> trained, Pass.Precise precise,
            boolean fused) {
        var parameters = Parameters.of(network);
        var results = new LinkedHashMap<String, double[]>();
        try (var _ = new PointerScope();
                var tensors = new ParameterTensors(parameters, _ -> Group.DECAYED, Device.CPU, precise.rest())) {
            tensors.train();
            for (var parameter : parameters) {
                var sizes = parameter.shape().stream().mapToLong(i -> i).toArray();
                tensors.get(parameter.name()).data().copy_(random(parameter.name(), sizes));
            }
            var program = new Program(network, parameters, trained, true, false, fused);
            for (var batch = 0; batch < BATCHES.size(); batch++) {
                var shape = network.input();
                var input = random("input" + batch,
                        new long[] { BATCHES.get(batch), shape.channels(), shape.height(), shape.width() })
                        .to(precise.rest()).contiguous(MemoryFormat.ChannelsLast);
                try (var pass = new Pass(program, tensors, precise, true, 7)) {
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
