package dev.striate.onednn;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Java threads, one for each of OpenMP's but the caller's, that help whoever asks while they are free, and call oneDNN
/// each on its own. To ask them allocates nothing.
public final class WorkerThreads {
    /// Turns of a waiting loop before the thread sleeps: some tens of microseconds.
    private static final int SPINS = 2000;
    private static final ThreadLocal<Boolean> ALONE = ThreadLocal.withInitial(() -> false);

    private WorkerThreads() {}

    /// Work in turns that any number of threads share out among them, for one caller at a time.
    public abstract static class Work {
        private volatile @Nullable Thread caller;
        private volatile @Nullable Throwable failure;

        /// Takes turns until none is left.
        protected abstract void takeTurns();

        /// Takes turns on a thread that is not the caller's, who is told of a failure.
        final void help() {
            try {
                takeTurns();
            } catch (Throwable e) {
                failure = e;
            }
        }

        /// Throws what went wrong on another thread.
        final void check() {
            var failure = this.failure;
            this.failure = null;
            if (failure != null) throw new IllegalStateException(failure);
        }
    }

    /// A task for each number from 0 on; a thread of OpenMP's begins with its own.
    static final class Numbers extends Work {
        private final int count;
        private final IntConsumer task;
        private final Shares numbers;

        Numbers(int count, IntConsumer task) {
            this.count = count;
            this.task = task;
            numbers = new Shares(count, count);
        }

        int count() {
            return count;
        }

        /// Begins again, once all turns are done.
        void restart() {
            numbers.restart();
        }

        @Override
        protected void takeTurns() {
            var own = OpenMp.thread();
            for (var i = numbers.next(own); i >= 0; i = numbers.next(own)) task.accept(i);
        }
    }

    /// Whether OpenMP can be held to one thread on this platform; without, the caller works alone.
    public static boolean available() {
        return OpenMp.available();
    }

    /// How many may work together, the caller among them.
    public static int size() {
        return Worker.ALL.length + 1;
    }

    /// Works with those who are free; returns when all turns are done.
    public static void run(Work work) {
        work.caller = Thread.currentThread();
        for (var worker : Worker.ALL) worker.ask(work);
        try {
            runAlone(work);
        } finally {
            for (var worker : Worker.ALL) worker.leave(work);
        }
        work.check();
    }

    /// Takes all turns on the caller's thread; this allocates nothing either.
    public static void runAlone(Work work) {
        if (!available()) {
            work.takeTurns();
            return;
        }
        var threads = size() > 1 ? OpenMp.threads() : 1;
        if (threads > 1) OpenMp.use(1);
        try {
            work.takeTurns();
        } finally {
            if (threads > 1) OpenMp.use(threads);
        }
    }

    /// Does a task for each number from 0 on, in any order and on any thread.
    public static void run(int count, IntConsumer task) {
        run(new Numbers(count, task));
    }

    /// Does something without OpenMP's other threads, such as creating primitives for turns.
    public static <T> T alone(Supplier<T> task) {
        // There are as many workers as threads outside: they are counted first.
        if (!available() || size() == 1) return task.get();
        var threads = OpenMp.threads();
        var before = ALONE.get();
        OpenMp.use(1);
        ALONE.set(true);
        try {
            return task.get();
        } finally {
            ALONE.set(before);
            OpenMp.use(threads);
        }
    }

    public static void alone(Runnable task) {
        alone(() -> {
            task.run();
            return true;
        });
    }

    /// Does something with all threads, within [#alone] too.
    public static void together(Runnable task) {
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

    /// One thread. Work waits in `asked` until the thread takes it, or its caller takes it back because all turns are
    /// done; what the thread has taken is `running` before it leaves `asked`, so the caller always sees one of them.
    private static final class Worker extends Thread {
        private static final Worker[] ALL = all();

        private final AtomicReference<@Nullable Work> asked = new AtomicReference<>();
        private volatile @Nullable Work running;

        private static Worker[] all() {
            var workers = new Worker[OpenMp.available() ? OpenMp.threads() - 1 : 0];
            for (var i = 0; i < workers.length; i++) workers[i] = new Worker("striate-worker-" + (i + 1));
            for (var worker : workers) worker.start();
            return workers;
        }

        private Worker(String name) {
            super(name);
            setDaemon(true);
        }

        void ask(Work work) {
            if (asked.compareAndSet(null, work)) LockSupport.unpark(this);
        }

        /// Returns once the thread has nothing to do with the work any more.
        void leave(Work work) {
            if (asked.compareAndSet(work, null)) return;
            for (var i = 0; running == work; i++) {
                if (i < SPINS) Thread.onSpinWait();
                else LockSupport.park(this);
            }
        }

        @Override
        public void run() {
            OpenMp.use(1);
            while (true) {
                var work = next();
                running = work;
                if (asked.compareAndSet(work, null)) work.help();
                var caller = work.caller;
                running = null;
                LockSupport.unpark(caller);
            }
        }

        private Work next() {
            for (var i = 0;; i++) {
                var work = asked.get();
                if (work != null) return work;
                if (i < SPINS) Thread.onSpinWait();
                else LockSupport.park(this);
            }
        }
    }
}
