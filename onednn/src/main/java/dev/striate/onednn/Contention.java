package dev.striate.onednn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Notices that other programs want the cores, and has OpenMP's threads sleep from then on where they would spin: a thread
/// that spins while it waits for another keeps it from the core that both need. Only the speed depends on it.
///
/// The GNU library spins less while it has more threads than there are cores, so a further pair of threads, which sleeps,
/// is the switch. Only Linux tells how long a thread has waited for a core; elsewhere nothing happens.
public final class Contention implements AutoCloseable {
    private static final long PERIOD_NANOS = 250_000_000L;
    /// Shares of the time in which a thread could have run and had no core.
    private static final double CROWDED = 0.2;
    private static final double FREE = 0.05;

    private final Path schedule;
    private final long periodNanos;
    private long lookedNanos = System.nanoTime();
    private long ranNanos;
    private long waitedNanos;
    private boolean isKnown = true;
    private @Nullable CountDownLatch sleep;

    public Contention() {
        this(Path.of("/proc/thread-self/schedstat"), PERIOD_NANOS);
    }

    /// @param schedule nanoseconds that the thread has run, and has waited for a core
    Contention(Path schedule, long periodNanos) {
        this.schedule = schedule;
        this.periodNanos = periodNanos;
    }

    /// Looks a few times a second, however often it is called; always from the thread that works with OpenMP.
    public void look() {
        var now = System.nanoTime();
        if (!isKnown || now - lookedNanos < periodNanos) return;
        lookedNanos = now;
        try {
            var times = Files.readString(schedule).strip().split(" ");
            decide(Long.parseLong(times[0]), Long.parseLong(times[1]));
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            isKnown = false;
        }
    }

    private void decide(long ran, long waited) {
        var wanted = ran - ranNanos + waited - waitedNanos;
        var share = wanted > 0 ? (double) (waited - waitedNanos) / wanted : 0;
        ranNanos = ran;
        waitedNanos = waited;
        if (sleep == null && share > CROWDED) sleep = sleeping();
        else if (share < FREE) close();
    }

    /// Whether OpenMP's threads sleep where they wait.
    boolean sleeps() {
        return sleep != null;
    }

    private static CountDownLatch sleeping() {
        var end = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("striate-contention").start(() -> {
            ThreadTeam.run(2, _ -> {});
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return end;
    }

    /// Lets the threads spin again.
    @Override
    public void close() {
        if (sleep != null) sleep.countDown();
        sleep = null;
    }
}
