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
/// The launcher asks for more, which must be said before a process begins (`GLIBC_TUNABLES`): pages of 2 MiB; a single arena, since
/// a Java thread's own cannot keep blocks of more than 64 MiB; and no caches of small blocks, in which the bytes that align a
/// tensor would stay behind, so that its memory would never again hold a tensor of its size.
final class Allocator {
    private static final int TRIM_THRESHOLD = -1;
    private static final int TOP_PAD = -2;
    private static final int MMAP_THRESHOLD = -3;
    private static final int MMAP_MAX = -4;
    private static final int LARGE = 12 << 20;

    private Allocator() {}

    static void keepMemory() {
        set(TRIM_THRESHOLD, Integer.MAX_VALUE);
        set(TOP_PAD, 64 << 20);
        set(MMAP_MAX, 0);
    }

    /// The contrary, from now on: a block of 12 MiB or more comes from the kernel and goes back to it, since kept ones of many
    /// sizes lie scattered over more memory than is ever in use at once: style transfer with VGG-19 at 512 pixels takes 970 MiB,
    /// and 1,250 where all is kept, at the same speed.
    static void returnMemory() {
        set(TOP_PAD, 1 << 20);
        set(MMAP_MAX, Short.MAX_VALUE);
        set(MMAP_THRESHOLD, LARGE);
        trim();
    }

    /// Gives back what lies free.
    static void trim() {
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
