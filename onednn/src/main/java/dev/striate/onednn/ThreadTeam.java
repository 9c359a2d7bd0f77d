package dev.striate.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

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
    private static final FunctionDescriptor BODY = FunctionDescriptor.ofVoid(ADDRESS);
    private static final Optional<MethodHandle> PARALLEL = OpenMp.find("GOMP_parallel",
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
    private static final Map<Long, WorkerThreads.Work> RUNNING = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    private ThreadTeam() {}

    /// Does a task for each number from 0 on, each once, in any order.
    public static void run(int count, IntConsumer task) {
        if (PARALLEL.isEmpty()) {
            WorkerThreads.run(count, task);
            return;
        }
        var work = new WorkerThreads.Numbers(count, task);
        var key = NEXT.incrementAndGet();
        RUNNING.put(key, work);
        try {
            PARALLEL.get().invokeExact(Entry.BODY, MemorySegment.ofAddress(key), count, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("GOMP_parallel", e);
        } finally {
            RUNNING.remove(key);
        }
        work.check();
    }

    /// What the native threads call.
    private static final class Entry {
        private static final MemorySegment BODY = body();

        @SuppressWarnings("restricted")
        private static MemorySegment body() {
            try {
                var take = MethodHandles.lookup().findStatic(Entry.class, "take",
                        MethodType.methodType(void.class, MemorySegment.class));
                return Linker.nativeLinker().upcallStub(take, ThreadTeam.BODY, Arena.global());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void take(MemorySegment key) {
            var work = RUNNING.get(key.address());
            if (work != null) work.help();
        }
    }
}
