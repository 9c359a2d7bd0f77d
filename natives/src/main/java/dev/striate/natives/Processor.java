package dev.striate.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this machine's processor is, where native libraries must be kept from a mistake.
public final class Processor {
    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final int LINES = 8;
    /// AMD's Zen 5 (family 26), where libtorch 2.10 convolves wrongly with AVX-512 and AVX2.
    public static final boolean IS_ZEN_5 = isZen5();

    private Processor() {}

    private static boolean isZen5() {
        if (!Files.isReadable(LINUX)) return false;
        try (var lines = Files.lines(LINUX)) {
            var first = lines.limit(LINES).toList();
            return first.stream().anyMatch(line -> line.matches("vendor_id\\s*: AuthenticAMD"))
                    && first.stream().anyMatch(line -> line.matches("cpu family\\s*: 26"));
        } catch (IOException _) {
            return false;
        }
    }
}
