package dev.striate.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/// Memory in pages of 2 MB where Linux has them: each page of 4 KB would be a fault of its own when it is first
/// written, which takes longer than to copy what belongs there.
public final class HugePages {
    private static final long PAGE = 1L << 21;
    /// Smaller pieces of malloc's may have been used before; these are the system's fresh pages, which are zero.
    private static final long FEWEST_BYTES = 16 * PAGE;
    /// `MADV_HUGEPAGE`.
    private static final int ADVICE = 14;

    private HugePages() {}

    /// Memory of this layout, which is not cleared; it lives as long as the natives.
    public static memory allocate(memory.desc desc, NativeObjects natives) {
        var bytes = desc.get_size();
        if (!pay(bytes)) return natives.keep(new memory(desc, Cpu.ENGINE));
        return natives.keep(new memory(desc, Cpu.ENGINE, natives.keep(new Pages(pages(bytes)))));
    }

    /// Memory of this layout, which is not cleared, for as long as it is used.
    public static void lend(memory.desc desc, Consumer<memory> use) {
        var bytes = desc.get_size();
        if (!pay(bytes)) {
            lend(new memory(desc, Cpu.ENGINE), use);
            return;
        }
        var pages = pages(bytes);
        try {
            lend(new memory(desc, Cpu.ENGINE, new Address(pages.address())), use);
        } finally {
            free(pages);
        }
    }

    /// What is made within a scope would wait for its end.
    private static void lend(memory memory, Consumer<memory> use) {
        try {
            use.accept(memory);
        } finally {
            memory.deallocate();
        }
    }

    /// Cleared memory of an arena, aligned to 64 bytes.
    @SuppressWarnings("restricted")
    public static MemorySegment allocate(long bytes, Arena arena) {
        if (!pay(bytes)) return arena.allocate(bytes, 64);
        return pages(bytes).reinterpret(bytes, arena, HugePages::free);
    }

    private static boolean pay(long bytes) {
        return bytes >= FEWEST_BYTES && Functions.ARE_THERE;
    }

    private static MemorySegment pages(long least) {
        var bytes = Math.ceilDiv(least, PAGE) * PAGE;
        try {
            var address = (MemorySegment) Functions.ALLOCATE.orElseThrow().invokeExact(PAGE, bytes);
            if (address.address() == 0) throw new OutOfMemoryError(bytes + " bytes of native memory");
            // Where there are no such pages the advice is not taken.
            var _ = (int) Functions.ADVISE.orElseThrow().invokeExact(address, bytes, ADVICE);
            return address;
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("aligned_alloc", e);
        }
    }

    private static void free(MemorySegment address) {
        try {
            Functions.FREE.orElseThrow().invokeExact(address);
        } catch (Throwable e) {
            throw new IllegalStateException("free", e);
        }
    }

    /// Freed when it is released, or is unreachable.
    private static final class Pages extends Pointer {
        private Pages(MemorySegment at) {
            address = at.address();
            deallocator(() -> HugePages.free(at));
        }
    }

    /// Looked up when the first large piece is wanted.
    private static final class Functions {
        private static final Optional<MethodHandle> ALLOCATE = find("aligned_alloc",
                FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
        private static final Optional<MethodHandle> ADVISE = find("madvise",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        private static final Optional<MethodHandle> FREE = find("free", FunctionDescriptor.ofVoid(ADDRESS));
        private static final boolean ARE_THERE = ALLOCATE.isPresent() && ADVISE.isPresent() && FREE.isPresent();

        @SuppressWarnings("restricted")
        private static Optional<MethodHandle> find(String name, FunctionDescriptor type) {
            if (!System.getProperty("os.name").equals("Linux")) return Optional.empty();
            var linker = Linker.nativeLinker();
            return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, type));
        }
    }
}
