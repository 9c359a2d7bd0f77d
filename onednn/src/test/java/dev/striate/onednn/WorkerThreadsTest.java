package dev.striate.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Assumptions;

/// Work in turns is done once and wholly, whoever else asks.
@Tag("native")
class WorkerThreadsTest {
    private static final int ROUNDS = 20_000;

    @BeforeEach
    void wherePossible() {
        Assumptions.assumeTrue(WorkerThreads.available(), "OpenMP is not there");
    }

    @Test
    void takesEachTurnOnce() {
        var taken = new AtomicIntegerArray(100);
        WorkerThreads.run(100, taken::incrementAndGet);
        assertThat(IntStream.range(0, 100).map(taken::get)).containsOnly(1);
    }

    /// When a run returns, all its turns are done and seen; nobody takes a turn of a run that is over.
    @Test
    void endsWhenAllTurnsAreDone() {
        var squares = new Squares();
        for (var round = 0; round < ROUNDS; round++) squares.expect(round);
    }

    @Test
    void servesSeveralCallersAtOnce() throws InterruptedException {
        var failures = new ArrayList<Throwable>();
        var callers = IntStream.range(0, 3).mapToObj(_ -> new Thread(() -> {
            var squares = new Squares();
            for (var round = 0; round < ROUNDS / 4; round++) squares.expect(round);
        })).toList();
        for (var caller : callers) {
            caller.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
            caller.start();
        }
        for (var caller : callers) caller.join();
        assertThat(failures).isEmpty();
    }

    @Test
    void passesOnWhatWentWrong() {
        assertThatThrownBy(() -> WorkerThreads.run(50, turn -> {
            if (turn == 20) throw new IllegalArgumentException("turn 20");
        })).hasStackTraceContaining("turn 20");
        takesEachTurnOnce();
    }

    @Test
    void holdsOpenMpToOneThreadMeanwhile() {
        var threads = OpenMp.threads();
        var most = new AtomicInteger();
        WorkerThreads.run(20, _ -> most.accumulateAndGet(OpenMp.threads(), Math::max));
        assertThat(most).hasValue(1);
        assertThat(OpenMp.threads()).isEqualTo(threads);
    }

    /// The same work again and again, without a lock: each turn writes a plain value.
    private static final class Squares extends WorkerThreads.Work {
        private final AtomicInteger next = new AtomicInteger();
        private final int[] values = new int[8];
        private int round;

        void expect(int round) {
            this.round = round;
            next.set(0);
            WorkerThreads.run(this);
            for (var i = 0; i < values.length; i++) assertThat(values[i]).isEqualTo(round * i);
        }

        @Override
        protected void takeTurns() {
            for (var i = next.getAndIncrement(); i < values.length; i = next.getAndIncrement()) values[i] = round * i;
        }
    }
}
