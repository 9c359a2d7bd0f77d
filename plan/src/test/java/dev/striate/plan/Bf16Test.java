package dev.striate.plan;

import static dev.striate.graph.Options.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.Formula;
import dev.striate.fixtures.Smallest;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import dev.striate.onednn.WorkerThreads;
import dev.striate.zoo.Zoo;
import dev.striate.zoo.ZooEntry;
import java.lang.foreign.Arena;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plans in bf16 against the same in float32.
@Tag("native")
class Bf16Test {
    /// A number of bf16 is off by at most half of 2⁻⁸ of itself; so are a layer's weights and what it reads.
    private static final double PER_LAYER = Math.scalb(1, -8);

    /// Each a way in which steps of bf16 and of float32 meet.
    @ParameterizedTest
    @MethodSource("networks")
    void keepsTheValuesOf(Network network) {
        for (var layout : PlanOptions.Layout.values()) {
            for (var batch : new int[] { 1, 3, 2 * WorkerThreads.size() }) expect(network, layout, batch);
        }
    }

    static Stream<Network> networks() {
        var x = Layer.input(3, 12, 12).conv(16, 3, pad(1)).relu();
        var sum = x.conv(16, 3, pad(1)).relu().conv(16, 3, pad(1)).add(x).relu();
        var branches = x.conv(16, 1).relu().concat(x.conv(8, 3, pad(1)).relu(),
                x.maxPool(3, stride(1), pad(1)).conv(8, 1).relu());
        var dense = x.concat(x.batchNorm().relu().conv(16, 3, pad(1)));
        return Stream.of(
                sum.conv(8, 1).network("a sum over its residual"),
                x.conv(16, 3, pad(1)).leakyRelu(0.1).add(x).conv(8, 1).network("a residual behind a curve"),
                branches.conv(8, 1).maxPool(2).flatten().linear(12).relu().linear(5).softmax().network("branches"),
                branches.avgPool(2).conv(8, 3).tanh().network("an average"),
                dense.concat(dense.batchNorm().relu().conv(16, 3, pad(1))).batchNorm().relu().globalAvgPool().flatten()
                        .linear(5).network("growing"),
                x.conv(16, 3, pad(1)).localResponseNorm().conv(8, 3, groups(2)).sigmoid().network("neighbours"),
                x.conv(8, 1).upsample(2, Op.Upsample.Interpolation.NEAREST).concat(x.transposedConv(8, 2, stride(2)))
                        .conv(4, 3).network("upsampled"),
                x.conv(16, 3, groups(16), pad(1)).conv(24, 1, stride(2)).add(x.conv(24, 1, stride(2))).relu()
                        .globalAvgPool().network("groups"));
    }

    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.Smallest#inOnePiece")
    @Tag("slow")
    void keepsTheOutputsOfTheZoos(ZooEntry entry) {
        var network = Smallest.of(entry);
        org.junit.jupiter.api.Assumptions.assumeFalse(Smallest.isTooLarge(network), "too many weights");
        expect(network, PlanOptions.Layout.AUTOMATIC, 1);
        expect(network, PlanOptions.Layout.AUTOMATIC, WorkerThreads.size());
    }

    private static void expect(Network network, PlanOptions.Layout layout, int batch) {
        var tensors = Formula.tensors(network);
        var options = new PlanOptions(layout);
        try (var arena = Arena.ofConfined();
                var exact = Plan.compile(network, tensors, batch, options);
                var rounded = Plan.compile(network, tensors, batch, options.with(Numbers.Real.BF16))) {
            var pixels = Formula.pictures(arena, network.input(), batch);
            var expected = exact.run(pixels, batch);
            var values = rounded.run(pixels, batch);
            var most = Depth.of(Lowering.of(network.atInference(), tensors)) * PER_LAYER;
            for (var output : expected.values().keySet()) {
                var off = Depth.distance(expected.get(output), values.get(output));
                System.out.println(
                        network.name() + " " + layout + " " + batch + " " + output + " " + off + " of " + most);
                assertThat(off).as("%s, %s, batch %d, '%s'", network.name(), layout, batch, output)
                        .isLessThan(most);
            }
        }
    }
}
