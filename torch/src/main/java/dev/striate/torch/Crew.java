package dev.striate.torch;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.global.torch;

/// Java threads that share out work among them and call oneDNN each on its own: OpenMP starts no threads below them.
final class Crew {
    private static final Optional<MethodHandle> OMP_SET_NUM_THREADS = find();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(() -> {
            openMpThreads(1);
            work.run();
        }, "striate-crew");
        thread.setDaemon(true);
        return thread;
    });

    private Crew() {}

    /// Whether OpenMP's number of threads can be set for each thread on this platform.
    static boolean available() {
        return OMP_SET_NUM_THREADS.isPresent();
    }

    /// As many as libtorch uses.
    static int size() {
        return torch.get_num_threads();
    }

    /// Runs a task for each member, 0 to size − 1, the first on the caller's thread; returns when all are done.
    static void work(int size, IntConsumer task) {
        var others = new ArrayList<Future<?>>();
        for (var i = 1; i < size; i++) {
            var member = i;
            others.add(THREADS.submit(() -> task.accept(member)));
        }
        alone(() -> task.accept(0));
        for (var other : others) finish(other);
    }

    /// Runs something on the caller's thread without OpenMP's others.
    static void alone(Runnable task) {
        var threads = torch.get_num_threads();
        openMpThreads(1);
        try {
            task.run();
        } finally {
            openMpThreads(threads);
        }
    }

    /// An interruption waits: the others work on memory that the caller would free.
    private static void finish(Future<?> work) {
        var interrupted = false;
        while (true) {
            try {
                work.get();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private static void openMpThreads(int threads) {
        try {
            OMP_SET_NUM_THREADS.orElseThrow().invokeExact(threads);
        } catch (Throwable e) {
            throw new IllegalStateException("omp_set_num_threads(" + threads + ")", e);
        }
    }

    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> find() {
        Engine.start();
        Optional<MemorySegment> address = SymbolLookup.loaderLookup().find("omp_set_num_threads");
        return address.map(found -> Linker.nativeLinker().downcallHandle(found,
                FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));
    }
}
