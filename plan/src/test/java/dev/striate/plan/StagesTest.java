package dev.striate.plan;

import static dev.striate.graph.Options.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.onednn.WorkerThreads;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A batch goes through a plan in stages, whose values meet where one ends.
@Tag("native")
class StagesTest {
    private static final int PIECE = 4;
    private static final int BATCH = PIECE * WorkerThreads.size();

    /// What reads the last value of 64×64: it has more weights than what it reads and writes.
    private enum Case {
        PLAIN(x -> x.conv(256, 5, stride(8), pad(2)).relu()),
        /// The layer before the end is done by tiles.
        BEHIND_TILES(x -> x.conv(32, 3, pad(1)).relu().conv(256, 5, stride(8), pad(2)).relu()),
        /// The layer behind it, which reads by tiles what lies outside of its memory.
        IN_FRONT_OF_TILES(x -> x.conv(128, 1, stride(3)).relu().conv(128, 3, pad(1)).relu().maxPool(3)),
        /// The value is read, and added later.
        ADDED(x -> {
            var kept = x.conv(128, 1, stride(4)).relu();
            return kept.conv(128, 3, pad(1)).add(kept).relu().maxPool(2);
        }),
        /// The value is joined of branches, and grows behind the end, as in DenseNet.
        JOINED(x -> {
            var joined = x.conv(64, 1, stride(4)).relu().concat(x.conv(64, 3, stride(4), pad(1)).relu());
            return joined.concat(joined.conv(128, 3, pad(1)).relu()).maxPool(2);
        });

        private final UnaryOperator<Layer> layers;

        Case(UnaryOperator<Layer> layers) {
            this.layers = layers;
        }

        /// It ends in a fully connected layer of 16 MB or more.
        Network network() {
            var body = layers.apply(Layer.input(3, 64, 64).conv(32, 3, pad(1)).relu());
            return body.flatten().linear(1024).relu().linear(10).network(name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheValuesOfOnePictureAlone(Case layers) {
        var network = layers.network();
        assertThat(pictures(network)).as("pictures of each stage").containsExactly(1, PIECE, BATCH);
        for (var layout : PlanOptions.Layout.values()) expectTheSame(network, new PlanOptions(layout), 5e-6);
        expectTheSame(network, PlanOptions.DEFAULT.with(Numbers.Real.BF16), 0.02);
    }

    /// To a step of 8 bits: float32 sums in another order may round to the next one.
    @ParameterizedTest
    @EnumSource
    void givesTheSameInInt8(Case layers) {
        var network = layers.network();
        try (var arena = Arena.ofConfined()) {
            var pixels = Formula.pictures(arena, network.input(), 3);
            var quantisation = new Calibration(Calibration.Method.EXTREMES, 1)
                    .quantise(network, Formula.tensors(network), pixels, 3);
            expectTheSame(network, PlanOptions.DEFAULT.with(quantisation), 0.01);
        }
    }

    /// Each in its own memory, while the threads help one of them after another.
    @Test
    void callersAtTheSameTimeDoNotMeet() throws Exception {
        var network = Case.ADDED.network();
        try (var arena = Arena.ofShared();
                var plan = Plan.compile(network, Formula.tensors(network), BATCH, PlanOptions.DEFAULT);
                var callers = Executors.newFixedThreadPool(4)) {
            var pixels = Formula.pictures(arena, network.input(), BATCH);
            var expected = plan.run(pixels, BATCH).main();
            var runs = Collections.nCopies(20, (Callable<float[]>) () -> plan.run(pixels, BATCH).main());
            for (var run : callers.invokeAll(runs)) assertThat(run.get()).isEqualTo(expected);
        }
    }

    private static void expectTheSame(Network network, PlanOptions options, double relative) {
        var tensors = Formula.tensors(network);
        try (var arena = Arena.ofConfined();
                var alone = Plan.compile(network, tensors, 1, options);
                var shared = Plan.compile(network, tensors, BATCH, options)) {
            var pixels = Formula.pictures(arena, network.input(), BATCH);
            var expected = alone.run(pixels, BATCH).main();
            for (var run = 0; run < 2; run++) expectClose(shared, pixels, expected, relative);
        }
    }

    private static void expectClose(Plan plan, MemorySegment pixels, float[] expected, double relative) {
        var largest = 0f;
        for (var value : expected) largest = Math.max(largest, Math.abs(value));
        var values = plan.run(pixels, BATCH).main();
        assertThat(values).hasSameSizeAs(expected);
        for (var i = 0; i < values.length; i++) {
            assertThat(values[i]).as("value %d", i).isCloseTo(expected[i], within((float) relative * largest));
        }
    }

    /// 28×28 and 512 channels is the last that ResNet-50 takes picture by picture: then a layer has 2.4 million weights.
    @Test
    void goesPictureByPictureWhileMapsAreLarge() {
        var lowered = lowered(Zoo.network("resnet50"));
        var stages = stages(lowered);
        assertThat(stages).hasSize(2);
        assertThat(stages.getFirst().pictures()).isOne();
        assertThat(lowered.shape(stages.getLast().input())).hasToString("512×28×28");
    }

    @Test
    void readsFullyConnectedLayersOnceForTheBatch() {
        var lowered = lowered(Zoo.network("alexnet"));
        var last = stages(lowered).getLast();
        assertThat(last.pictures()).isEqualTo(BATCH);
        assertThat(last.alone()).isFalse();
        assertThat(lowered.shape(last.input())).hasToString("256×6×6");
    }

    /// What the threads do not share is one stage.
    @Test
    void leavesOnePictureAndSmallNetworksWhole() {
        assertThat(stages(lowered(Zoo.network("alexnet")), 1)).hasSize(1);
        assertThat(stages(lowered(Layer.input(3, 8, 8).conv(8, 3).relu().flatten().linear(10).network("small"))))
                .hasSize(1);
    }

    private static List<Integer> pictures(Network network) {
        return stages(lowered(network)).stream().map(Stage::pictures).toList();
    }

    private static List<Stage> stages(LoweredNetwork lowered) {
        return stages(lowered, BATCH);
    }

    private static List<Stage> stages(LoweredNetwork lowered, int batch) {
        return Stages.of(lowered, StepTypes.of(lowered, Numbers.Real.FLOAT32), batch);
    }

    private static LoweredNetwork lowered(Network network) {
        return Lowering.of(network.atInference(), Formula.tensors(network.atInference()));
    }
}
