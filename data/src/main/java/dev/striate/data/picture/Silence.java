package dev.striate.data.picture;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/// Keeps OpenCV from printing what an exception says anyway. It takes its log level from the environment when it is
/// loaded, and JavaCPP offers no other way to set it; a level that the user has set stays.
final class Silence {
    private Silence() {}

    @SuppressWarnings("restricted")
    static void ask() {
        var linker = Linker.nativeLinker();
        var setenv = linker.defaultLookup().find("setenv");
        if (setenv.isEmpty() || System.getenv("OPENCV_LOG_LEVEL") != null) return;
        var call = linker.downcallHandle(setenv.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            var _ = (int) call.invokeExact(arena.allocateFrom("OPENCV_LOG_LEVEL"), arena.allocateFrom("SILENT"), 0);
        } catch (Throwable e) {
            throw new IllegalStateException("setenv", e);
        }
    }
}
