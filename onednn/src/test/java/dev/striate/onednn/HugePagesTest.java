package dev.striate.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class HugePagesTest {
    private static final long LARGE = 50_000_000;
    private static final Path RESIDENT = Path.of("/proc/self/statm");

    @Test
    void anArenasMemoryIsClearedWhateverItsSize() {
        for (var bytes : new long[] { 1_000, LARGE }) {
            try (var arena = Arena.ofConfined()) {
                var memory = HugePages.allocate(bytes, arena);
                assertThat(memory.byteSize()).isEqualTo(bytes);
                assertThat(memory.address() % 64).isZero();
                assertThat(memory.mismatch(arena.allocate(bytes, 64))).isEqualTo(-1);
                memory.fill((byte) 1);
            }
        }
    }

    /// What is made and freed again and again would be 3 GB.
    @Test
    void givesAllMemoryBack() throws IOException {
        assumeTrue(Files.exists(RESIDENT), "no /proc here");
        var before = residentBytes();
        for (var i = 0; i < 20; i++) {
            try (var natives = new NativeObjects()) {
                fill(HugePages.allocate(vector(), natives));
            }
            try (var arena = Arena.ofConfined()) {
                HugePages.allocate(LARGE, arena).fill((byte) 1);
            }
        }
        // What is lent within a scope does not wait for its end.
        try (var _ = new PointerScope()) {
            for (var i = 0; i < 20; i++) HugePages.lend(vector(), HugePagesTest::fill);
            assertThat(residentBytes() - before).isLessThan(4 * LARGE);
        }
    }

    private static memory.desc vector() {
        return new memory.desc(new long[] { LARGE / Float.BYTES }, memory.data_type.f32, memory.format_tag.a);
    }

    @SuppressWarnings("restricted")
    private static void fill(memory memory) {
        var size = memory.get_desc().get_size();
        var bytes = MemorySegment.ofAddress(memory.get_data_handle().address()).reinterpret(size);
        bytes.fill((byte) 1);
        assertThat(bytes.get(ValueLayout.JAVA_BYTE, size - 1)).isEqualTo((byte) 1);
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(RESIDENT).split(" ")[1]) * 4096;
    }
}
