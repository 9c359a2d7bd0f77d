package dev.striate.plan;

import dev.striate.onednn.ThreadTeam;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A call of ours that as many threads share as it was planned for; a stage that one thread runs alone needs no others.
final class Team implements AutoCloseable {
    private final IntConsumer part;
    private final ThreadTeam.@Nullable Prepared threads;

    /// @param part what the thread of a number does
    Team(int threads, IntConsumer part) {
        this.part = part;
        this.threads = threads == 1 ? null : new ThreadTeam.Prepared(threads, part);
    }

    void run() {
        if (threads == null) part.accept(0);
        else threads.run();
    }

    @Override
    public void close() {
        if (threads != null) threads.close();
    }
}
