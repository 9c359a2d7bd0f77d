package dev.striate.natives;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// Settings of the process that native libraries read when they are loaded. What somebody has set stays as it is.
public final class NativeSettings {
    /// The instructions that oneDNN may use, as its documentation names the variable.
    public static final String ONEDNN_ISA = "ONEDNN_MAX_CPU_ISA";
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
        if (Processor.IS_ZEN_5) environment(ONEDNN_ISA, "AVX");
        return true;
    }

    private static void property(String name, String value) {
        if (System.getProperty(name) == null) System.setProperty(name, value);
    }

    /// A variable of the environment that C libraries see; where the platform has no `setenv`, nothing happens.
    @SuppressWarnings("restricted")
    public static void environment(String name, String value) {
        var setenv = Linker.nativeLinker().defaultLookup().find("setenv");
        if (setenv.isEmpty()) return;
        try (var arena = Arena.ofConfined()) {
            var unlessSet = 0;
            var _ = (int) Linker.nativeLinker()
                    .downcallHandle(setenv.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), unlessSet);
        } catch (Throwable e) {
            throw new IllegalStateException("setenv(" + name + ")", e);
        }
    }
}
