package dev.striate.bench.table;

import dev.striate.StriateException;
import dev.striate.json.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A process of its own for each turn, so that no two libraries meet and each starts cold.
///
/// @param cache where processes may keep what they unpack or compile, for the next turn
record Turn(Path cache) {
    /// What is set for ours alone, by the launcher of `striate` or by hand: peers keep their own defaults.
    private static final List<String> OURS_ALONE = List.of("GOMP_SPINCOUNT", "OPENBLAS_NUM_THREADS");
    private static final Path SCRIPT = Path.of("bench", "peers", "pytorch_bench.py");

    /// Why a contender cannot run here.
    static final class Absent extends Exception {
        private static final long serialVersionUID = 1;

        Absent(String reason) {
            super(reason);
        }
    }

    /// Has a contender take its turn.
    Measurement take(WorkItem task) throws Absent {
        var command = task.contender().isPython() ? python() : java(Worker.class);
        command.addAll(task.arguments());
        var line = lastLine(command, task.threads(), task.contender().isOurs());
        return Json.read(line, Measurement.class, "the output of " + task.contender().label());
    }

    /// The peak of the matrix product, in billions of operations a second.
    double matrixProduct(int threads, double seconds) {
        var command = java(MatrixProduct.class);
        command.add(Double.toString(seconds));
        try {
            return Double.parseDouble(lastLine(command, threads, true));
        } catch (Absent e) {
            throw new StriateException("The matrix product could not be timed: " + e.getMessage() + ".", e);
        }
    }

    private List<String> java(Class<?> main) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-Xm") || flag.startsWith("-D") && !flag.startsWith("-Dsurefire"))
                .forEach(command::add);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xlog:disable",
                "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-DDJL_CACHE_DIR=" + cache.resolve("djl"),
                main.getName()));
        return command;
    }

    private static List<String> python() {
        var script = Path.of(System.getProperty("striate.home", ".")).resolve(SCRIPT);
        return new ArrayList<>(List.of(System.getenv().getOrDefault("STRIATE_PYTHON", "python3"), script.toString()));
    }

    private String lastLine(List<String> command, int threads, boolean ours) throws Absent {
        try {
            var errors = Files.createTempFile("turn", ".log");
            try {
                var builder = new ProcessBuilder(command).redirectError(errors.toFile());
                var environment = builder.environment();
                if (!ours) environment.keySet().removeAll(OURS_ALONE);
                // Not on the command line: ONNX Runtime 1.29 recurses over that, and a long one overflows its stack.
                environment.put("CLASSPATH", System.getProperty("java.class.path"));
                environment.put("OMP_NUM_THREADS", Integer.toString(threads));
                environment.put("TORCHINDUCTOR_CACHE_DIR", cache.resolve("inductor").toString());
                return lastLine(builder.start(), errors);
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new Absent("not installed (" + e.getMessage() + ")");
        }
    }

    private static String lastLine(Process process, Path errors) throws IOException, Absent {
        var stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            var lines = new String(process.getInputStream().readAllBytes()).strip().lines().toList();
            var code = process.waitFor();
            if (code == 0 && !lines.isEmpty()) return lines.getLast();
            throw new Absent(reason(Files.readString(errors), code));
        } catch (InterruptedException e) {
            throw new StriateException("The bench was interrupted.", e);
        } finally {
            if (!stop.isAlive()) Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    /// The line that names what went wrong: Python's last, or the first of a Java stack trace.
    private static String reason(String errors, int code) {
        if (errors.contains("No module named 'torch'")) return "not installed";
        return Stream.concat(
                errors.lines().filter(line -> line.startsWith("Exception in thread")),
                errors.strip().lines().toList().reversed().stream())
                .findFirst()
                .map(line -> "failed: " + line.replaceFirst("^Exception in thread \"main\" ", ""))
                .orElse("failed with exit code " + code);
    }
}
