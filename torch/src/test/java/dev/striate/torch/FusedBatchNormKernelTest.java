package dev.striate.torch;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The fused float32 run against libtorch's own kernels in float64, over batches of several sizes. No bias stands before a
/// normalisation: its gradient is nothing but rounding.
@Tag("native")
class FusedBatchNormKernelTest {
    private static final List<Integer> BATCHES = List.of(6, 4, 9, 6);
    private static final Map<String, UnaryOperator<Layer>> NETWORKS = new LinkedHashMap<>();

    static {
        NETWORKS.put("withRelu", x -> x.conv(16, 3, noBias()).batchNorm().relu().conv(3, 1));
        NETWORKS.put("alone", x -> x.conv(16, 3, noBias()).batchNorm().conv(3, 1));
        NETWORKS.put("ofTenChannels",
                x -> x.conv(10, 3, noBias()).batchNorm().relu().conv(12, 1, noBias()).batchNorm().relu());
        NETWORKS.put("asInDarknet", x -> x.conv(16, 3, noBias()).then(darknets()).relu().conv(8, 1, noBias())
                .then(darknets()).conv(3, 1));
        NETWORKS.put("ofThreeChannels",
                x -> x.conv(3, 3, noBias()).batchNorm().relu().conv(5, 1, noBias()).batchNorm());
        NETWORKS.put("readTwice", FusedBatchNormKernelTest::readTwice);
        NETWORKS.put("ofAJoin", x -> x.concat(x.conv(6, 1, noBias()).relu()).batchNorm().relu().conv(3, 1));
        NETWORKS.put("afterSubsampling", x -> x.avgPool(1, stride(2)).batchNorm().relu().conv(3, 1));
        NETWORKS.put("beforeAveraging",
                x -> x.conv(8, 1, noBias()).batchNorm().relu().globalAvgPool().flatten().linear(3));
        NETWORKS.put("ofVectors", x -> x.flatten().then(new Op.Linear(10, false)).batchNorm().relu().linear(4));
        NETWORKS.put("inAResidualBlock", FusedBatchNormKernelTest::residualBlock);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithFloat64(String name) {
        FusedRun.agreesWithFloat64(network(name), BATCHES, _ -> true);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void agreesWithFloat64WhereNormalisationsAreFrozen(String name) {
        var network = network(name);
        FusedRun.agreesWithFloat64(network, BATCHES,
                parameter -> !(network.nodes().get(parameter.node()).op() instanceof Op.BatchNorm));
    }

    @Test
    void takesOverOnlyAReluThatIsItsOneReader() {
        Libtorch.load();
        assertThat(kernels(network("withRelu"))).filteredOn(IdentityKernel.class::isInstance).hasSize(2);
        assertThat(kernels(network("readTwice"))).filteredOn(ReluKernel.class::isInstance).hasSize(1);
    }

    static Stream<String> networks() {
        return NETWORKS.keySet().stream();
    }

    private static Network network(String name) {
        return NETWORKS.get(name).apply(Layer.input(4, 8, 8)).network(name);
    }

    private static Op darknets() {
        return new Op.BatchNorm(1e-12, 0.01, Op.BatchVariance.DARKNET);
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
        return new ExecutionGraph(network,
                new Purpose(_ -> true, true, false, Optional.of(FusedType.FLOAT32), ReluGradient.TRUE)).nodes()
                .stream()
                .map(PreparedNode::kernel).toList();
    }
}
