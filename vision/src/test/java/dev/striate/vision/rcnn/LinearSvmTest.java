package dev.striate.vision.rcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LinearSvmTest {
    /// So dear that nothing is let into the margin, and both sides alike.
    private static final SvmSettings HARD = new SvmSettings(1000, 1, 1, 20, 1, 2);

    /// Points at ±2: half of x is 1 and −1 there, and no shorter weight does it.
    @Test
    void theWidestMarginBetweenTwoPoints() {
        var machine = LinearSvm.fit(List.of(new float[] { 2, 0 }), List.of(new float[] { -2, 0 }), HARD);
        assertThat(machine.weights()[0]).isEqualTo(0.5f, within(0.01f));
        assertThat(machine.weights()[1]).isZero();
        assertThat(machine.bias()).isEqualTo(0, within(0.01));
        assertThat(machine.margin(new float[] { 4, 9 })).isEqualTo(2, within(0.04));
    }

    /// 3w + b = 1 and w + b = −1: w = 1 and b = −2, and whatever lies further out is no longer asked.
    @Test
    void theBiasMovesTheBorder() {
        var machine = LinearSvm.fit(List.of(new float[] { 3 }, new float[] { 5 }),
                List.of(new float[] { 1 }, new float[] { -3 }), HARD);
        assertThat(machine.weights()[0]).isEqualTo(1, within(0.02f));
        assertThat(machine.bias()).isEqualTo(-2, within(0.04));
    }

    @Test
    void aMachineForVectorsBeforeTheyAreScaledSaysTheSame() {
        var machine = new LinearSvm(new float[] { 1, -2 }, 0.5);
        assertThat(machine.before(10).margin(new float[] { 0.3f, 0.1f }))
                .isEqualTo(machine.margin(new float[] { 3, 1 }), within(1e-6));
    }

    @Test
    void refusesOneSide() {
        assertThatThrownBy(() -> LinearSvm.fit(List.of(), List.of(new float[1]), HARD))
                .isInstanceOf(StriateException.class).hasMessageEndingWith("received 0 and 1.");
    }

    /// A machine of ±2 has a margin of ±1 there. What lies at −4 is beyond it; 0 and 1 are not: the second new one makes
    /// it learn anew, with the border between 1 and 2.
    @Test
    void hardNegativesAreKeptAndLearnt() {
        var vectors = new float[][] { { 2 }, { -2 }, { -4 }, { 0 }, { 1 } };
        var sharp = new SvmSettings(1000, 10, 1, 20, 1, 2);
        var miner = new HardNegatives(sharp, number -> vectors[(int) number], new long[] { 0 }, new long[] { 1 });
        miner.look(2, vectors[2]);
        assertThat(miner.kept()).containsExactly(1L);
        miner.look(3, vectors[3]);
        assertThat(miner.kept()).containsExactly(1L, 3L);
        assertThat(miner.machine().margin(vectors[4])).isPositive();
        miner = new HardNegatives(sharp, number -> vectors[(int) number], new long[] { 0 }, new long[] { 1 });
        for (var number : LongStream.of(3, 4, 3, 4).toArray()) miner.look(number, vectors[(int) number]);
        assertThat(miner.machine().margin(vectors[4])).isNegative();
        assertThat(miner.machine().margin(vectors[0])).isPositive();
        // At −2 it is now far beyond the margin, and forgotten.
        assertThat(miner.kept()).doesNotContain(1L).contains(4L);
    }
}
