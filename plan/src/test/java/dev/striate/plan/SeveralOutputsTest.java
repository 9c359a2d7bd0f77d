package dev.striate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.striate.StriateException;
import dev.striate.fixtures.Formula;
import dev.striate.fixtures.SeveralOutputs;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import dev.striate.onednn.WorkerThreads;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
class SeveralOutputsTest {
    private static final Network DETECTOR = SeveralOutputs.threeScales();

    private final Arena arena = Arena.ofAuto();

    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.SeveralOutputs#all")
    void allAgreeWithTheReference(Network network) {
        Agreement.expect(network);
    }

    /// Winograd's algorithm is good to five digits.
    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.SeveralOutputs#all")
    void allAgreeWhereABatchIsDividedAndSomeIsLeftOver(Network network) {
        for (var n : new int[] { 2 * WorkerThreads.size(), 2 * WorkerThreads.size() + 1 }) {
            Agreement.expect(network, PlanOptions.DEFAULT, n, 1e-5);
        }
    }

    @Test
    void areTheSameWhateverTheBatchTheyComeIn() {
        try (var plan = Plan.compile(DETECTOR, Formula.tensors(DETECTOR), 4, PlanOptions.DEFAULT)) {
            var pixels = Formula.pictures(arena, DETECTOR.input(), 7);
            var together = plan.run(pixels, 7);
            var bytes = DETECTOR.input().elements() * Float.BYTES;
            for (var i = 0; i < 7; i++) {
                for (var one : plan.run(pixels.asSlice(i * bytes), 1).values().entrySet()) {
                    var size = one.getValue().length;
                    var all = together.get(one.getKey());
                    for (var k = 0; k < size; k++) {
                        assertThat(one.getValue()[k]).isCloseTo(all[i * size + k],
                                within(1e-4f));
                    }
                }
            }
        }
    }

    /// As for networks of one output, of a few layers and of twenty ([QuantisationTest]); each is measured for itself.
    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.SeveralOutputs#all")
    void comeInInt8Too(Network network) {
        var tensors = Formula.tensors(network);
        var pixels = Formula.pictures(arena, network.input(), 3);
        var quantisation = new Calibration(Calibration.Method.EXTREMES, 1).quantise(network, tensors, pixels, 3);
        assertThat(quantisation.layers()).isNotEmpty();
        var most = network.nodes().size() > 20 ? 0.1 : 0.03 * 127 / Cpu.LARGEST_WEIGHT;
        assertThat(quantisation.loss()).isBetween(1e-9, most);
    }

    @Test
    void staysFloat32ThoughAnInt8LayerReadsItOn() {
        var network = SeveralOutputs.all().stream().filter(one -> one.name().equals("read further on")).findFirst()
                .orElseThrow();
        var tensors = Formula.tensors(network);
        var range = new Quantisation.Range(0.05, false);
        var settings = PlanOptions.DEFAULT.with(new Quantisation(Map.of("b", range), Map.of(), 0));
        var pixels = Formula.pictures(arena, network.input(), 1);
        try (var exact = Plan.compile(network, tensors, 1, new PlanOptions(PlanOptions.Layout.CHANNELS_LAST));
                var rounded = Plan.compile(network, tensors, 1, settings)) {
            var expected = exact.run(pixels, 1);
            var values = rounded.run(pixels, 1);
            assertThat(values.get("features")).containsExactly(expected.get("features"),
                    within(1e-5f));
            assertThat(values.main()).isNotEqualTo(expected.main());
        }
    }

    @Test
    void sayTheirShapes() {
        try (var plan = Plan.compile(DETECTOR, Formula.tensors(DETECTOR), 1, PlanOptions.DEFAULT)) {
            assertThat(plan.outputs()).containsExactly(Map.entry("output", new Shape(18, 4, 4)),
                    Map.entry("layer18", new Shape(18, 8, 8)), Map.entry("layer25", new Shape(18, 16, 16)));
        }
    }

    @Test
    void goIntoArraysOfTheCallersWithoutAllocating() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var plan = Plan.compile(DETECTOR, Formula.tensors(DETECTOR), 1, PlanOptions.DEFAULT)) {
            var pixels = Formula.pictures(arena, DETECTOR.input(), 1);
            var main = new float[18 * 4 * 4];
            var further = new float[][] { new float[18 * 8 * 8], new float[18 * 16 * 16] };
            for (var i = 0; i < 50; i++) plan.run(pixels, 1, main, further);
            var before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
            for (var i = 0; i < 100; i++) plan.run(pixels, 1, main, further);
            var perRun = (threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before) / 100;
            assertThat(perRun).as("bytes on the heap per run").isLessThan(64);
            var expected = plan.run(pixels, 1);
            assertThat(List.of(main, further[0], further[1]))
                    .containsExactlyElementsOf(List.copyOf(expected.values().values()));
        }
    }

    @Test
    void refusesArraysThatAreTooSmallOrTooMany() {
        try (var plan = Plan.compile(DETECTOR, Formula.tensors(DETECTOR), 1, PlanOptions.DEFAULT)) {
            var pixels = Formula.pictures(arena, DETECTOR.input(), 1);
            var main = new float[18 * 4 * 4];
            assertThatThrownBy(() -> plan.run(pixels, 1, main, new float[][] { new float[1] }))
                    .isInstanceOf(StriateException.class)
                    .hasMessage("A run of three scales on 1 pictures expects room for 1152 values of 'layer18'; "
                            + "received 1.");
            assertThatThrownBy(() -> plan.run(pixels, 1, main, new float[3][1])).isInstanceOf(StriateException.class)
                    .hasMessage("A run of three scales gives the outputs [output, layer18, layer25]; received 4 arrays "
                            + "for them.");
        }
    }
}
