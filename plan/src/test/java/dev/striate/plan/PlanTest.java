package dev.striate.plan;

import static dev.striate.graph.Options.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.striate.StriateException;
import dev.striate.fixtures.Formula;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.onednn.WorkerThreads;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class PlanTest {
    private static final Network SMALL = Layer.input(3, 8, 8).conv(16, 3, pad(1)).batchNorm().relu()
            .maxPool(2).flatten().linear(5).network("small");

    private final Arena arena = Arena.ofAuto();

    @Test
    void givesThePicturesValuesWhateverTheBatchTheyComeIn() {
        try (var plan = plan(SMALL, 4)) {
            var together = plan.run(pictures(SMALL, 11), 11).main();
            for (var n : new int[] { 1, 3, 4 }) {
                var some = plan.run(pictures(SMALL, n), n).main();
                for (var i = 0; i < some.length; i++) assertThat(some[i]).isCloseTo(together[i], closeness());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void givesBitIdenticalValuesToEightThreads(boolean int8) throws Exception {
        var network = Zoo.entry("googlenet").network(new Shape(3, 64, 64), 10);
        try (var plan = plan(network, 2, int8); var threads = Executors.newFixedThreadPool(8)) {
            var pixels = pictures(network, 2);
            var alone = plan.run(pixels, 2).main();
            var runs = new ArrayList<Callable<float[]>>();
            for (var i = 0; i < 24; i++) runs.add(() -> plan.run(pixels, 2).main());
            for (var run : threads.invokeAll(runs)) assertThat(run.get()).isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void allocatesNothingOnTheHeap(boolean int8) {
        var network = Zoo.entry("resnet18").network(new Shape(3, 32, 32), 10);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var plan = plan(network, 1, int8)) {
            var pixels = pictures(network, 1);
            var output = new float[10];
            for (var i = 0; i < 50; i++) plan.run(pixels, 1, output);
            var before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
            for (var i = 0; i < 100; i++) plan.run(pixels, 1, output);
            var perRun = (threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before) / 100;
            assertThat(perRun).as("bytes on the heap per run").isLessThan(64);
        }
    }

    @Test
    void givesAllMemoryBack() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/statm")), "reads the process's memory from /proc");
        var network = SMALL.withOp("linear1", new Op.Linear(1000, true));
        var tensors = Formula.tensors(network);
        for (var i = 0; i < 50; i++) compileAndRun(network, tensors);
        var bytes = residentBytes();
        var objects = Pointer.totalCount();
        for (var i = 0; i < 1000; i++) compileAndRun(network, tensors);
        // The weights alone are 1 MB; the Java heap, which is part of the process, may still grow.
        assertThat(residentBytes() - bytes).as("growth in 1,000 cycles").isLessThan(200L << 20);
        assertThat(Pointer.totalCount()).as("native objects").isLessThanOrEqualTo(objects);
    }

    private static void compileAndRun(Network network, Map<String, TensorData> tensors) {
        try (var own = Arena.ofConfined(); var plan = Plan.compile(network, tensors, 1, PlanOptions.DEFAULT)) {
            plan.run(own.allocate(network.input().elements() * Float.BYTES, 64), 1);
        }
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    }

    @Test
    @Tag("slow")
    void needsLittleMoreThanVgg16sWeightsAndItsLargestPairOfNeighbours() {
        var network = Zoo.network("vgg16");
        try (var plan = Plan.compile(network, Formula.tensors(network), 1, PlanOptions.DEFAULT)) {
            // By tiles, 36 values for 9: the layers of at least 28×28 but for the first, 7,630,848 weights; of one thread those of
            // 14×14 as well, three times 512 × 512 × 9.
            var tiled = 4 * 3 * (7_630_848L + (WorkerThreads.size() > 1 ? 0 : 3 * 512 * 512 * 9L));
            assertThat(plan.weightBytes()).isBetween(4 * 138_340_000L + tiled, 4 * 140_000_000L + tiled);
            // 64 and 64 channels of 224×224.
            assertThat(plan.bytes()).isBetween(2 * 64L * 224 * 224 * 4, 3 * 64L * 224 * 224 * 4);
        }
    }

    @Test
    void refusesARunAfterItIsClosed() {
        var plan = plan(SMALL, 1);
        plan.close();
        plan.close();
        assertThatThrownBy(() -> plan.run(pictures(SMALL, 1), 1)).isInstanceOf(StriateException.class)
                .hasMessage("The plan of small has been closed.");
    }

    @Test
    void refusesWeightsThatAreMissingOrOfAnotherShape() {
        var tensors = new HashMap<>(Formula.tensors(SMALL));
        var linear = tensors.remove("linear1.weight");
        assertThatThrownBy(() -> Plan.compile(SMALL, tensors, 1, PlanOptions.DEFAULT))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("'linear1.weight' of shape [5, 256]");
        tensors.put("linear1.weight", Formula.tensor("linear1.weight", List.of(5, 255)));
        assertThat(linear).isNotNull();
        assertThatThrownBy(() -> Plan.compile(SMALL, tensors, 1, PlanOptions.DEFAULT))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("[5, 256]; received [5, 255]");
    }

    @Test
    void refusesPicturesThatAreTooFewOrOnTheHeap() {
        try (var plan = plan(SMALL, 2)) {
            assertThatThrownBy(() -> plan.run(pictures(SMALL, 1), 2)).isInstanceOf(StriateException.class)
                    .hasMessageContaining("expects 1536 bytes; received 768");
            assertThatThrownBy(() -> plan.run(MemorySegment.ofArray(new float[192]), 1))
                    .isInstanceOf(StriateException.class).hasMessageContaining("native memory");
            assertThatThrownBy(() -> plan.run(pictures(SMALL, 1), 0)).isInstanceOf(StriateException.class)
                    .hasMessageContaining("received 0");
        }
    }

    private static Plan plan(Network network, int batch) {
        return plan(network, batch, false);
    }

    /// In int8 with ranges of no picture: what comes out means little, but comes the same way.
    private static Plan plan(Network network, int batch, boolean int8) {
        var tensors = Formula.tensors(network);
        if (!int8) return Plan.compile(network, tensors, batch, PlanOptions.DEFAULT);
        var layers = new HashMap<String, Quantisation.Range>();
        for (var step : Lowering.of(network.atInference(), tensors).steps()) {
            if (step.input() != 0) layers.put(step.name(), new Quantisation.Range(0.05, false));
        }
        return Plan.compile(network, tensors, batch,
                PlanOptions.DEFAULT.with(new Quantisation(layers, Map.of(), 0)));
    }

    private MemorySegment pictures(Network network, int n) {
        return Formula.pictures(arena, network.input(), n);
    }

    private static Offset<Float> closeness() {
        return Offset.offset(2e-6f);
    }
}
