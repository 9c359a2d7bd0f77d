package dev.striate.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/// Tells glibc's allocator to keep the memory that a step frees: the next step wants the same again, and fetching it from
/// the kernel costs a page fault for every 4 KiB. No size is large enough to be fetched and given back by itself. Where the C
/// library has no `mallopt`, nothing happens.
///
/// The launcher asks for pages of 2 MiB as well (`GLIBC_TUNABLES=glibc.malloc.hugetlb=1`), which must be said before a
/// process begins.
final class Allocator {
    private static final int TRIM_THRESHOLD = -1;
    private static final int TOP_PAD = -2;
    private static final int MMAP_MAX = -4;

    private Allocator() {}

    @SuppressWarnings("restricted")
    static void keepMemory() {
        Linker.nativeLinker().defaultLookup().find("mallopt").ifPresent(address -> {
            var mallopt = Linker.nativeLinker().downcallHandle(address,
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
            set(mallopt, TRIM_THRESHOLD, Integer.MAX_VALUE);
            set(mallopt, TOP_PAD, 64 << 20);
            set(mallopt, MMAP_MAX, 0);
        });
    }

    private static void set(MethodHandle mallopt, int option, int value) {
        try {
            var _ = (int) mallopt.invokeExact(option, value);
        } catch (Throwable e) {
            throw new IllegalStateException("mallopt(" + option + ", " + value + ")", e);
        }
    }
}
