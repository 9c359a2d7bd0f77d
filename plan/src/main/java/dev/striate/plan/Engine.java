package dev.striate.plan;

import dev.striate.natives.NativeSettings;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/// oneDNN, loaded once, on this machine's processor.
final class Engine {
    static final engine CPU = load();

    /// JavaCPP returns an enumeration's value in an object of its own, which a switch takes for the first.
    private static final dnnl.cpu_isa INSTRUCTIONS = dnnl.get_effective_cpu_isa().intern();

    /// How many channels a register holds: the block of oneDNN's blocked layouts; 0 where it prefers channels last.
    static final int BLOCK = switch (INSTRUCTIONS) {
        case isa_default, sse41 -> 0;
        case avx, avx2, avx2_vnni, avx2_vnni_2 -> 8;
        default -> System.getProperty("os.arch").equals("aarch64") ? 0 : 16;
    };

    /// The largest 8-bit weight. Without VNNI two products of a byte each are summed in 16 bits, which 255 · 127 twice
    /// overflows; 255 · 63 does not.
    static final int LARGEST_WEIGHT = switch (INSTRUCTIONS) {
        case isa_default, sse41, avx, avx2, avx512_core -> 63;
        default -> 127;
    };

    private Engine() {}

    private static engine load() {
        NativeSettings.ensure();
        // Kept for good, in whichever scope it was first asked for.
        return new engine(engine.kind.cpu, 0).retainReference();
    }

    /// A native address that JavaCPP takes as a pointer; it owns nothing.
    static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }

        void move(long address) {
            this.address = address;
        }
    }
}
