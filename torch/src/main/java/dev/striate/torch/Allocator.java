package dev.striate.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.util.Collections;

/// Tells glibc's allocator to keep the memory that a step frees: the next step wants the same again, and fetching it from
/// the kernel costs a page fault for every 4 KiB. No size is large enough to be fetched and given back by itself. Where the C
/// library has no `mallopt`, nothing happens.
///
/// The launcher asks for pages of 2 MiB and a single arena as well (`GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1`),
/// which must be said before a process begins: a Java thread's own arena cannot keep blocks of more than 64 MiB.
final class Allocator {
    private static final int TRIM_THRESHOLD = -1;
    private static final int TOP_PAD = -2;
    private static final int MMAP_THRESHOLD = -3;
    private static final int MMAP_MAX = -4;
    private static final int LARGE = 8 << 20;

    private Allocator() {}

    static void keepMemory() {
        set(TRIM_THRESHOLD, Integer.MAX_VALUE);
        set(TOP_PAD, 64 << 20);
        set(MMAP_MAX, 0);
    }

    /// The contrary, from now on: a block of 8 MiB or more comes from the kernel and goes back to it, since kept ones of many
    /// sizes lie scattered over half as much memory again as is ever in use at once. It costs page faults: style transfer with
    /// VGG-19 at 512 pixels takes 0.36 iterations/s and 1,015 MiB, where all is kept 0.44 and 1,415.
    static void returnMemory() {
        set(TOP_PAD, 1 << 20);
        set(MMAP_MAX, Short.MAX_VALUE);
        set(MMAP_THRESHOLD, LARGE);
        call("malloc_trim", JAVA_LONG, 0L);
    }

    private static void set(int option, int value) {
        call("mallopt", JAVA_INT, option, value);
    }

    /// A function of the C library, if it is there, that takes numbers of one type and gives an integer.
    @SuppressWarnings("restricted")
    private static void call(String name, MemoryLayout type, Object... arguments) {
        Linker.nativeLinker().defaultLookup().find(name).ifPresent(address -> {
            var types = Collections.nCopies(arguments.length, type).toArray(MemoryLayout[]::new);
            try {
                Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(JAVA_INT, types))
                        .invokeWithArguments(arguments);
            } catch (Throwable e) {
                throw new IllegalStateException(name, e);
            }
        });
    }
}
