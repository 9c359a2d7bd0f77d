package dev.striate.onednn;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// How many threads the OpenMP library of oneDNN and libtorch uses for what the calling thread asks of them.
final class OpenMp {
    private static final Optional<MethodHandle> SET = find("omp_set_num_threads",
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    private static final Optional<MethodHandle> GET = find("omp_get_max_threads",
            FunctionDescriptor.of(ValueLayout.JAVA_INT));
    private static final Optional<MethodHandle> THREAD = find("omp_get_thread_num",
            FunctionDescriptor.of(ValueLayout.JAVA_INT));

    private OpenMp() {}

    /// Whether the library is there and can be told.
    static boolean available() {
        return SET.isPresent() && GET.isPresent();
    }

    static int threads() {
        try {
            return (int) GET.orElseThrow().invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("omp_get_max_threads", e);
        }
    }

    /// The calling thread's number among those that work together; 0 for one that works alone.
    static int thread() {
        if (THREAD.isEmpty()) return 0;
        try {
            return (int) THREAD.get().invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("omp_get_thread_num", e);
        }
    }

    static void use(int threads) {
        try {
            SET.orElseThrow().invokeExact(threads);
        } catch (Throwable e) {
            throw new IllegalStateException("omp_set_num_threads(" + threads + ")", e);
        }
    }

    @SuppressWarnings("restricted")
    static Optional<MethodHandle> find(String name, FunctionDescriptor type) {
        // oneDNN brings OpenMP with it, unless libtorch has.
        if (!Cpu.available()) return Optional.empty();
        return SymbolLookup.loaderLookup().find(name)
                .map(address -> Linker.nativeLinker().downcallHandle(address, type));
    }
}
