package dev.striate.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NativeSettingsTest {
    @Test
    @Tag("native")
    void nativeLibrariesSeeHowLongToSpin() throws Throwable {
        NativeSettings.ensure();
        var expected = System.getenv().getOrDefault("GOMP_SPINCOUNT", "20000");
        assertThat(environment("GOMP_SPINCOUNT")).isEqualTo(expected);
    }

    @Test
    void javaCppDoesNotCountTheProcessesMemory() {
        NativeSettings.ensure();
        assertThat(System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes")).isNotNull();
        assertThat(System.getProperty("org.bytedeco.javacpp.maxBytes")).isNotNull();
    }

    @SuppressWarnings("restricted")
    private static String environment(String name) throws Throwable {
        var linker = Linker.nativeLinker();
        var getenv = linker.defaultLookup().find("getenv");
        Assumptions.assumeTrue(linker.defaultLookup().find("setenv").isPresent() && getenv.isPresent(),
                "the C library has no setenv");
        var call = linker.downcallHandle(getenv.get(), FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (var arena = Arena.ofConfined()) {
            var value = (MemorySegment) call.invokeExact(arena.allocateFrom(name));
            return value.reinterpret(Long.MAX_VALUE).getString(0);
        }
    }
}
