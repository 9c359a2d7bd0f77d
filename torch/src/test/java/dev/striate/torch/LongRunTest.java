package dev.striate.torch;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.NativeMemory;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.target.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many steps of a small network with normalisation, dropout and an auxiliary head.
@Tag("native")
class LongRunTest {
    private static final int BATCH = 8;
    private static final long SLACK_BYTES = 48L << 20;

    @Test
    @Tag("slow")
    void nativeMemoryDoesNotGrowOverTwoThousandSteps() {
        try (var arena = Arena.ofConfined();
                var model = model(1);
                var trainer = new Trainer(model, recipe(1))) {
            var pixels = pixels(arena);
            steps(trainer, pixels, 300);
            var objects = NativeMemory.settled(Pointer::totalCount);
            var before = nativeBytes();
            steps(trainer, pixels, 2000);
            // The activations of one step are 0.9 MB: a tensor lost in each would show as hundreds of megabytes.
            assertThat(nativeBytes() - before).isLessThan(SLACK_BYTES);
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(objects);
        }
    }

    @Test
    void nativeMemoryDoesNotGrowOverTwoHundredPredictions() {
        try (var arena = Arena.ofConfined(); var model = model(1)) {
            var pixels = pixels(arena);
            for (var i = 0; i < 100; i++) model.predict(pixels, BATCH);
            var objects = NativeMemory.settled(Pointer::totalCount);
            var before = nativeBytes();
            for (var i = 0; i < 200; i++) model.predict(pixels, BATCH);
            assertThat(nativeBytes() - before).isLessThan(SLACK_BYTES);
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(objects);
        }
    }

    @Test
    void twoRunsWithOneSeedGiveTheSameWeightsBitForBit() {
        assertThat(weights(1)).containsExactly(weights(1));
    }

    /// The weights start alike: what differs is drawn while training.
    @Test
    void anotherSeedDropsOtherUnits() {
        assertThat(weights(2)).isNotEqualTo(weights(1));
    }

    private static long nativeBytes() {
        var bytes = NativeMemory.bytes();
        Assumptions.assumeTrue(bytes.isPresent(), "no glibc that counts its bytes");
        return bytes.getAsLong();
    }

    private static float[] weights(long seed) {
        try (var arena = Arena.ofConfined();
                var model = model(1);
                var trainer = new Trainer(model, recipe(seed))) {
            steps(trainer, pixels(arena), 40);
            return Tensors.floats(model.parameters().values());
        }
    }

    private static void steps(Trainer trainer, MemorySegment pixels, int count) {
        var labels = Target.Label.of(0, 1, 2, 3, 0, 1, 2, 3);
        for (var i = 0; i < count; i++) trainer.step(pixels, labels, 1e-2);
        assertThat(trainer.progress().loss()).isFinite();
    }

    private static Model model(long seed) {
        return Model.fresh(network(), recipe(seed).start(), Device.CPU, Precision.FLOAT32);
    }

    private static Recipe recipe(long seed) {
        return Recipes.recipe("resnet-cifar").withSeed(seed);
    }

    private static Network network() {
        var body = Layer.input(3, 16, 16).conv(16, 3, pad(1), noBias()).batchNorm().relu().maxPool(2);
        var head = body.globalAvgPool().flatten().linear(4);
        var end = body.conv(16, 3, pad(1), noBias()).batchNorm().add(body).relu().globalAvgPool().flatten()
                .dropout(0.5).linear(4);
        return end.network("small", Map.of(), Map.of("auxiliary", head));
    }

    private static MemorySegment pixels(Arena arena) {
        var count = BATCH * network().input().elements();
        var pixels = arena.allocate(count * Float.BYTES, 64);
        var stream = RandomStream.of(1);
        for (var i = 0L; i < count; i++) pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) stream.normal(i));
        return pixels;
    }
}
