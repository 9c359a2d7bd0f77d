package dev.striate.natives;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.util.List;
import java.util.function.Supplier;

/// Settings of the process that native libraries read when they are loaded. What somebody has set stays as it is.
public final class NativeSettings {
    /// The instructions that oneDNN may use, as its documentation names the variable.
    private static final String ONEDNN_ISA = "ONEDNN_MAX_CPU_ISA";
    private static final String LIBTORCHS = "AVX";
    /// Says to processes that this one starts that the limit is not the user's.
    private static final String LIMIT_IS_OURS = "STRIATE_LIMITS_LIBTORCH";
    /// Presets of JavaCPP of which no release of its version can be had. It would warn of them at each start.
    private static final List<String> OLDER_PRESETS = List.of("org.bytedeco.opencl.presets.OpenCL",
            "org.bytedeco.openblas.presets.openblas_nolapack");
    /// Asked before anything is set: Java keeps the environment as it was at the first question.
    private static final boolean LIMITS_LIBTORCH = Processor.IS_ZEN_5
            && (System.getenv(ONEDNN_ISA) == null || System.getenv(LIMIT_IS_OURS) != null);
    private static final boolean APPLIED = apply();

    private NativeSettings() {}

    /// Call before a native library is loaded.
    public static void ensure() {
        if (!APPLIED) throw new IllegalStateException();
    }

    private static boolean apply() {
        // Without these two, JavaCPP compares the process's memory with the heap's limit and stalls in System.gc().
        property("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        property("org.bytedeco.javacpp.maxBytes", "0");
        // OpenMP's threads that wait give the core away soon: Java's work beside them, and spinning makes either wait.
        environment("GOMP_SPINCOUNT", "20000");
        // OpenMP counts the cores that it may run on, Java those that a container's quota is worth as well.
        environment("OMP_NUM_THREADS", Integer.toString(Runtime.getRuntime().availableProcessors()));
        // Answers there are others than in float64, of ResNet-18 with AVX-512 and of GoogLeNet with AVX2; with AVX they are right.
        // Our own oneDNN is told otherwise.
        if (LIMITS_LIBTORCH) {
            environment(ONEDNN_ISA, LIBTORCHS);
            environment(LIMIT_IS_OURS, "1");
        }
        initialiseOlderPresets();
        return true;
    }

    /// A preset compares its version with JavaCPP's when it is initialised, and has no other way to be told that it is known.
    private static void initialiseOlderPresets() {
        var errors = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        try {
            for (var preset : OLDER_PRESETS) {
                try {
                    Class.forName(preset);
                } catch (ClassNotFoundException | LinkageError _) {
                    // Not every program has both.
                }
            }
        } finally {
            System.setErr(errors);
        }
    }

    private static void property(String name, String value) {
        if (System.getProperty(name) == null) System.setProperty(name, value);
    }

    /// Does something while oneDNN may use what the processor has: the copy that asks first meanwhile keeps it.
    public static <T> T withAllInstructions(Supplier<T> first) {
        ensure();
        if (!LIMITS_LIBTORCH) return first.get();
        environment(ONEDNN_ISA, "ALL", true);
        try {
            return first.get();
        } finally {
            environment(ONEDNN_ISA, LIBTORCHS, true);
        }
    }

    /// A variable of the environment that C libraries see; where the platform has no `setenv`, nothing happens.
    public static void environment(String name, String value) {
        environment(name, value, false);
    }

    @SuppressWarnings("restricted")
    private static void environment(String name, String value, boolean overwrites) {
        var setenv = Linker.nativeLinker().defaultLookup().find("setenv");
        if (setenv.isEmpty()) return;
        try (var arena = Arena.ofConfined()) {
            var _ = (int) Linker.nativeLinker()
                    .downcallHandle(setenv.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), overwrites ? 1 : 0);
        } catch (Throwable e) {
            throw new IllegalStateException("setenv(" + name + ")", e);
        }
    }
}
