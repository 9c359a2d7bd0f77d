package dev.striate.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Collections;
import java.util.Optional;

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
    /// Of each size that alignment cuts off: 24 bytes to 136.
    private static final int SMALL_BLOCKS = 16_384;
    private static final int SMALLEST = 24;
    private static final int GRAIN = 16;
    private static final int SIZES = 8;

    private Allocator() {}

    static void keepMemory() {
        set(TRIM_THRESHOLD, Integer.MAX_VALUE);
        set(TOP_PAD, 64 << 20);
        set(MMAP_MAX, 0);
    }

    /// Puts small free blocks in store, 14 MiB in all: the C library gives the oldest free block of a size, so these before any
    /// other. A tensor begins at a multiple of 64 bytes, and what that cuts off lies free beside it. Whoever got such a piece would
    /// leave a hole that is too small for the next tensor of the same size, and the heap would grow with each step: training
    /// yolov3_tiny at 416 in batches of 8 held 1,940 MiB after fifty steps without the store, and holds 1,200 with it, from the
    /// second step on.
    static void storeSmallBlocks() {
        if (find("mallopt").isEmpty()) return;
        var malloc = function("malloc", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
        var free = function("free", FunctionDescriptor.ofVoid(JAVA_LONG));
        var blocks = new long[SMALL_BLOCKS * SIZES];
        try {
            for (var i = 0; i < blocks.length; i++) {
                blocks[i] = (long) malloc.invokeExact((long) SMALLEST + i % SIZES * GRAIN);
                // Parts it from the next, with which it would be joined.
                var _ = (long) malloc.invokeExact((long) SMALLEST);
            }
            for (var block : blocks) free.invokeExact(block);
        } catch (Throwable e) {
            throw new IllegalStateException("malloc", e);
        }
    }

    /// The contrary, from now on: a block of 12 MiB or more comes from the kernel and goes back to it, since kept ones of many
    /// sizes lie scattered over more memory than is ever in use at once: style transfer with VGG-19 at 512 pixels takes 920 to 990
    /// MiB, and 1,250 where all is kept, at the same speed.
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

    /// Calls a function that takes numbers of one type and gives an integer, if the C library has it.
    private static void call(String name, MemoryLayout type, Object... arguments) {
        if (find(name).isEmpty()) return;
        var types = Collections.nCopies(arguments.length, type).toArray(MemoryLayout[]::new);
        try {
            function(name, FunctionDescriptor.of(JAVA_INT, types)).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(name, e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(find(name).orElseThrow(), type);
    }

    private static Optional<MemorySegment> find(String name) {
        return Linker.nativeLinker().defaultLookup().find(name);
    }
}
