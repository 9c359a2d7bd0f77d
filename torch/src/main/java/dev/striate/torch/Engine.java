package dev.striate.torch;

import dev.striate.natives.NativeSettings;
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
        NativeSettings.ensure();
        Allocator.keepMemory();
        torch.set_num_threads(Runtime.getRuntime().availableProcessors());
        return true;
    }
}
