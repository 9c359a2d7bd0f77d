package dev.striate.plan;

import static dev.striate.graph.Options.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import dev.striate.onednn.WorkerThreads;
import dev.striate.zoo.Zoo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
class Bf16Test {
    /// Each a way in which steps of bf16 and of float32 meet.
    @ParameterizedTest
    @MethodSource("networks")
    void keepsTheValuesOf(Network network) {
        for (var layout : List.of(PlanOptions.Layout.BLOCKED, PlanOptions.Layout.CHANNELS_LAST)) {
            Bf16Agreement.expect(network, layout, 1, 2 * WorkerThreads.size());
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
                x.conv(8, 1).upsample(2, Op.Upsample.Interpolation.NEAREST)
                        .concat(x.transposedConv(8, 2, stride(2))).conv(4, 3).network("upsampled"),
                x.conv(16, 3, groups(16), pad(1)).conv(24, 1, stride(2)).add(x.conv(24, 1, stride(2))).relu()
                        .globalAvgPool().network("groups"));
    }

    @Test
    void keepsTheLogitsOfAResidualNetwork() {
        Bf16Agreement.expect(Zoo.entry("resnet20").network(new Shape(3, 32, 32), 10), PlanOptions.Layout.AUTOMATIC, 1);
    }

    @Test
    void keepsInFloat32WhatReadsPicturesAndWhatIsGiven() {
        var x = Layer.input(3, 12, 12).at("a").conv(16, 3).relu().maxPool(2);
        var network = x.at("b").conv(16, 3).relu().at("c").conv(16, 1).add(x.at("d").conv(16, 3)).globalAvgPool()
                .flatten().at("e").linear(5).softmax().network("n");
        var lowered = Lowering.of(network, Formula.tensors(network));
        var types = StepTypes.of(lowered, Numbers.Real.BF16);
        // The pooled values of the first layer too, which are smaller once they are rounded; the last layer's sums.
        assertThat(lowered.steps().stream().filter(step -> types.of(step) == ValueType.Real.BF16).map(PlanStep::name))
                .contains("b", "c", "d", "e").doesNotContain("a", "maxPool1");
        assertThat(lowered.steps().stream().filter(step -> types.of(step.output()) == ValueType.Real.BF16)
                .map(PlanStep::name)).contains("b", "c", "d").doesNotContain("a", "maxPool1", "e");
    }

    @Test
    void saysThatItRunsInFloat32WhereOneDnnHasNoBf16() {
        var network = Layer.input(3, 8, 8).conv(8, 3).relu().conv(8, 3).network("two layers");
        var options = PlanOptions.DEFAULT.with(Numbers.Real.BF16);
        try (var plan = Plan.compile(network, Formula.tensors(network), 1, options)) {
            assertThat(plan.numbers()).isEqualTo(Cpu.BF16 ? Numbers.Real.BF16 : Numbers.Real.FLOAT32);
        }
    }
}
