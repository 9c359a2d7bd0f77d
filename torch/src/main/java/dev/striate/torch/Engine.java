package dev.striate.torch;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/// Loads libtorch once, with the settings that training wants.
public final class Engine {
    private static final boolean STARTED = load();

    private Engine() {}

    /// Loads the native library if that has not been done.
    public static void start() {
        if (!STARTED) throw new IllegalStateException();
    }

    /// How many threads an operation on the CPU uses.
    public static void threads(int threads) {
        start();
        torch.set_num_threads(threads);
        // libtorch leaves some layers of small batches to OpenBLAS, which has threads of its own.
        openblas_nolapack.blas_set_num_threads(threads);
    }

    private static boolean load() {
        // Without these two, JavaCPP compares the process's memory with the heap's limit and stalls in System.gc().
        if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
            System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        }
        if (System.getProperty("org.bytedeco.javacpp.maxBytes") == null) {
            System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
        }
        Allocator.keepMemory();
        torch.set_num_threads(Runtime.getRuntime().availableProcessors());
        return true;
    }
}
