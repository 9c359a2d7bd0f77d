package dev.striate.bench.table;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The machine that was measured, without its name.
///
/// @param instructions the vector instructions that convolutions use, as the processor lists them
public record Machine(String processor, int cores, List<String> instructions, long memoryBytes, String system,
        String java) {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RELEASE = Path.of("/etc/os-release");

    public Machine {
        instructions = List.copyOf(instructions);
    }

    /// This one.
    static Machine here() {
        var bean = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var processor = field(PROCESSOR, "model name").findFirst().orElse(System.getProperty("os.arch"));
        return new Machine(processor, Runtime.getRuntime().availableProcessors(), instructionSets(),
                bean.getTotalMemorySize(), operatingSystem(), "Java " + Runtime.version());
    }

    private static List<String> instructionSets() {
        return field(PROCESSOR, "flags").findFirst().stream()
                .flatMap(flags -> Arrays.stream(flags.split(" ")))
                .filter(flag -> flag.matches("avx.*|fma|amx.*"))
                .toList();
    }

    private static String operatingSystem() {
        var name = field(RELEASE, "PRETTY_NAME").findFirst().map(text -> text.replace("\"", "") + ", ").orElse("");
        return name + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    /// The most memory that this process has held; 0 where the system does not say.
    static long peakBytes() {
        return field(STATUS, "VmHWM").findFirst()
                .map(text -> Long.parseLong(text.replace("kB", "").strip()) * 1024)
                .orElse(0L);
    }

    /// The values of a field in a file of lines `name: value` or `name=value`; none where there is no such file.
    private static Stream<String> field(Path file, String name) {
        if (!Files.isReadable(file)) return Stream.empty();
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.matches(name + "\\s*[:=].*"))
                    .map(line -> line.split("[:=]", 2)[1].strip());
        } catch (IOException _) {
            return Stream.empty();
        }
    }

    @Override
    public String toString() {
        return processor + ", " + cores + (cores == 1 ? " core, " : " cores, ") + vectors() + ", "
                + Math.round(memoryBytes / (double) (1 << 30)) + " GiB, " + system + ", " + java;
    }

    private String vectors() {
        var known = Stream.of("avx2", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_tile")
                .filter(instructions::contains)
                .map(flag -> flag.replace('_', ' ').replace("avx512f", "avx512"));
        var text = known.collect(Collectors.joining(", ")).toUpperCase();
        return text.isEmpty() ? "no AVX2" : text;
    }
}
