package dev.striate.torch;

import dev.striate.natives.NativeSettings;
import dev.striate.natives.Processor;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/// Loads libtorch once, with the settings that training wants.
public final class Libtorch {
    private static final boolean LOADED = loadOnce();

    private Libtorch() {}

    /// Loads the native library if that has not been done.
    public static void load() {
        if (!LOADED) throw new IllegalStateException();
    }

    /// How many threads an operation on the CPU uses.
    public static void threads(int threads) {
        load();
        torch.set_num_threads(threads);
        // libtorch leaves some layers of small batches to OpenBLAS, which has threads of its own.
        openblas_nolapack.blas_set_num_threads(threads);
    }

    /// How many threads an operation on the CPU uses when this thread asks for it.
    static int threads() {
        load();
        return torch.get_num_threads();
    }

    private static boolean loadOnce() {
        NativeSettings.ensure();
        Allocator.keepMemory();
        // NNPACK does not know the processor, and says so again at each convolution that asks for it.
        if (Processor.IS_ZEN_5) torch.globalContext().setUserEnabledNNPACK(false);
        torch.set_num_threads(Runtime.getRuntime().availableProcessors());
        // After libtorch, whose loading would take them.
        Allocator.storeSmallBlocks();
        return true;
    }
}
