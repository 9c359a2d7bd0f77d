package dev.striate.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/// The OpenMP threads of oneDNN and libtorch, for work of ours between theirs: one set of threads takes turns, where a
/// second would find the first still waiting on its core. What runs on them uses no further threads.
public final class ThreadTeam {
    /// A number in the place of C's `void*`: it comes back as it went, and nothing is allocated for it.
    private static final FunctionDescriptor BODY = FunctionDescriptor.ofVoid(JAVA_LONG);
    private static final Optional<MethodHandle> PARALLEL = OpenMp.find("GOMP_parallel",
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final Map<Long, WorkerThreads.Work> KNOWN = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    private ThreadTeam() {}

    /// Does a task for each number from 0 on, each once, in any order.
    public static void run(int count, IntConsumer task) {
        try (var prepared = new Prepared(count, task)) {
            prepared.run();
        }
    }

    /// A task for each number from 0 on that is done again and again; for one caller at a time.
    public static final class Prepared implements AutoCloseable {
        private final WorkerThreads.Numbers work;
        private final Long key = NEXT.incrementAndGet();

        public Prepared(int count, IntConsumer task) {
            work = new WorkerThreads.Numbers(count, task);
            KNOWN.put(key, work);
        }

        /// Does the task for each number once, in any order.
        public void run() {
            work.restart();
            if (PARALLEL.isEmpty()) {
                WorkerThreads.run(work);
                return;
            }
            try {
                PARALLEL.get().invokeExact(Entry.BODY, (long) key, work.count(), 0);
            } catch (Throwable e) {
                throw new IllegalStateException("GOMP_parallel", e);
            }
            work.check();
        }

        @Override
        public void close() {
            KNOWN.remove(key);
        }
    }

    /// What the native threads call.
    private static final class Entry {
        private static final MemorySegment BODY = body();

        @SuppressWarnings("restricted")
        private static MemorySegment body() {
            try {
                var take = MethodHandles.lookup().findStatic(Entry.class, "take",
                        MethodType.methodType(void.class, long.class));
                return Linker.nativeLinker().upcallStub(take, ThreadTeam.BODY, Arena.global());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void take(long key) {
            var work = KNOWN.get(key);
            if (work != null) work.help();
        }
    }
}
