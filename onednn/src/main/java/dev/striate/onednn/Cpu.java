package dev.striate.onednn;

import dev.striate.natives.NativeSettings;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/// This machine's processor as oneDNN sees it; the library is loaded with the first look at it.
///
/// Who uses libtorch too loads it first: oneDNN then finds its OpenMP library in the process and shares its threads.
public final class Cpu {
    public static final engine ENGINE = load();

    /// JavaCPP returns an enumeration's value in an object of its own, which a switch takes for the first.
    private static final dnnl.cpu_isa INSTRUCTIONS = dnnl.get_effective_cpu_isa().intern();

    /// How many channels a register holds: the block of oneDNN's blocked layouts; 0 where it prefers channels last.
    public static final int BLOCK = switch (INSTRUCTIONS) {
        case isa_default, sse41 -> 0;
        case avx, avx2, avx2_vnni, avx2_vnni_2 -> 8;
        default -> System.getProperty("os.arch").equals("aarch64") ? 0 : 16;
    };

    /// The largest 8-bit weight. Without VNNI two products of a byte each are summed in 16 bits, which 255 · 127 twice
    /// overflows; 255 · 63 does not.
    public static final int LARGEST_WEIGHT = switch (INSTRUCTIONS) {
        case isa_default, sse41, avx, avx2, avx512_core -> 63;
        default -> 127;
    };

    /// Whether oneDNN's quick primitives take bf16 here; without instructions for it they widen it on the way.
    public static final boolean BF16 = switch (INSTRUCTIONS) {
        case isa_default, sse41, avx, avx2, avx2_vnni, avx2_vnni_2 -> false;
        default -> true;
    };

    private Cpu() {}

    /// The processor's instructions that oneDNN uses, as it names them.
    public static String instructions() {
        return INSTRUCTIONS.name();
    }

    /// Whether oneDNN is there on this platform.
    public static boolean available() {
        return Available.YES;
    }

    private static engine load() {
        // The variable speaks to libtorch's copy of oneDNN, which comes to grief there; ours asks here for the first time.
        NativeSettings.withAllInstructions(dnnl::get_effective_cpu_isa);
        // Kept for good, in whichever scope it was first asked for.
        return new engine(engine.kind.cpu, 0).retainReference();
    }

    /// Asked apart from the engine, which cannot be made where the library is absent.
    private static final class Available {
        private static final boolean YES = find();

        private static boolean find() {
            NativeSettings.ensure();
            try {
                Loader.load(dnnl.class);
                return true;
            } catch (LinkageError _) {
                return false;
            }
        }
    }
}
