package dev.striate.plan;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Java threads, one for each of OpenMP's but the caller's, that help whoever asks while they are free, and call oneDNN
/// each on its own. To ask them allocates nothing.
final class Crew {
    /// Turns of a waiting loop before the thread sleeps: some tens of microseconds.
    private static final int SPINS = 2000;
    private static final ThreadLocal<Boolean> ALONE = ThreadLocal.withInitial(() -> false);

    private Crew() {}

    /// Work in turns that any number of threads share out among them.
    @FunctionalInterface
    interface Work {
        /// Takes turns until none is left.
        void takeTurns();
    }

    /// How many may work together, the caller among them.
    static int size() {
        return Helper.ALL.length + 1;
    }

    /// Works with those who are free; returns when all turns are done.
    static void run(Work work) {
        for (var helper : Helper.ALL) helper.ask(work);
        var threads = OpenMp.threads();
        OpenMp.use(1);
        Throwable mishap = null;
        try {
            work.takeTurns();
        } finally {
            OpenMp.use(threads);
            for (var helper : Helper.ALL) if (helper.helps(work)) mishap = helper.finish(mishap);
        }
        if (mishap != null) throw new IllegalStateException(mishap);
    }

    /// Does something without OpenMP's other threads, such as creating primitives for turns.
    static <T> T alone(Supplier<T> task) {
        var threads = OpenMp.threads();
        OpenMp.use(1);
        ALONE.set(true);
        try {
            return task.get();
        } finally {
            ALONE.remove();
            OpenMp.use(threads);
        }
    }

    /// Does something with all threads, within [#alone] too.
    static void together(Runnable task) {
        if (!ALONE.get()) {
            task.run();
            return;
        }
        OpenMp.use(size());
        try {
            task.run();
        } finally {
            OpenMp.use(1);
        }
    }

    private static final class Helper extends Thread {
        private static final Helper[] ALL = all();

        private final AtomicReference<@Nullable Work> asked = new AtomicReference<>();
        private volatile @Nullable Thread asking;
        private volatile boolean done;
        private volatile @Nullable Throwable failure;

        private static Helper[] all() {
            var helpers = new Helper[OpenMp.available() ? OpenMp.threads() - 1 : 0];
            for (var i = 0; i < helpers.length; i++) helpers[i] = new Helper("striate-plan-" + (i + 1));
            for (var helper : helpers) helper.start();
            return helpers;
        }

        private Helper(String name) {
            super(name);
            setDaemon(true);
        }

        /// Those who help somebody already stay with them.
        void ask(Work work) {
            if (!asked.compareAndSet(null, work)) return;
            asking = Thread.currentThread();
            LockSupport.unpark(this);
        }

        private boolean helps(Work work) {
            return asked.get() == work && asking == Thread.currentThread();
        }

        /// Waits until its turns are done; what went wrong, here or before.
        @Nullable
        Throwable finish(@Nullable Throwable before) {
            for (var i = 0; !done; i++) {
                if (i < SPINS) Thread.onSpinWait();
                else LockSupport.park(this);
            }
            var mishap = failure;
            failure = null;
            // In this order: without somebody asking, the helper does not take the same work again.
            asking = null;
            done = false;
            asked.set(null);
            return before == null ? mishap : before;
        }

        @Override
        public void run() {
            OpenMp.use(1);
            while (true) {
                for (var i = 0; asking == null || done; i++) {
                    if (i < SPINS) Thread.onSpinWait();
                    else LockSupport.park(this);
                }
                help(asking);
            }
        }

        private void help(@Nullable Thread caller) {
            try {
                var work = asked.get();
                if (work != null) work.takeTurns();
            } catch (Throwable e) {
                failure = e;
            }
            done = true;
            LockSupport.unpark(caller);
        }
    }
}
