package dev.striate.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThreadTeamTest {
    @Test
    void doesEachTaskOnce() {
        var done = new AtomicIntegerArray(7);
        for (var i = 0; i < 1000; i++) ThreadTeam.run(7, done::incrementAndGet);
        assertThat(IntStream.range(0, 7).map(done::get)).containsOnly(1000);
    }

    @Test
    void doesAPreparedTaskAgainAndAgain() {
        var done = new AtomicIntegerArray(3);
        try (var prepared = new ThreadTeam.Prepared(3, done::incrementAndGet)) {
            for (var i = 0; i < 1000; i++) prepared.run();
        }
        assertThat(IntStream.range(0, 3).map(done::get)).containsOnly(1000);
    }

    @Test
    void runsForSeveralCallersAtOnce() {
        var done = new AtomicIntegerArray(3);
        IntStream.range(0, 64).parallel().forEach(_ -> ThreadTeam.run(3, done::incrementAndGet));
        assertThat(IntStream.range(0, 3).map(done::get)).containsOnly(64);
    }

    @Test
    void tellsTheCallerOfAFailure() {
        assertThatThrownBy(() -> ThreadTeam.run(2, i -> {
            if (i == 1) throw new IllegalArgumentException("the second");
        })).hasRootCauseMessage("the second");
        assertThatThrownBy(() -> ThreadTeam.run(1, _ -> {
            throw new AssertionError("an error");
        })).hasRootCauseMessage("an error");
    }
}
