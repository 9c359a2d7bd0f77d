package dev.striate.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// Our training step beside PyTorch's, in turn, each in its own process: `SideBySide NETWORK BATCH ROUNDS TURNS [DATA]`.
///
/// The peer is `bench/peers/pytorch_step.py`, run by the Python that the environment variable `STRIATE_PYTHON` names
/// (one with PyTorch installed). With DATA, our side loads and augments its pictures; the peer's step stays bare.
public final class SideBySide {
    private SideBySide() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var turns = Integer.parseInt(args[3]);
        var ours = new ArrayList<Double>();
        var peers = new ArrayList<Double>();
        var work = Stream.concat(Stream.of(args).limit(3), Stream.of(args).skip(4)).toList();
        for (var turn = 0; turn < turns; turn++) {
            picturesPerSecond(own(work)).ifPresent(ours::add);
            picturesPerSecond(peer(work.subList(0, 3))).ifPresent(peers::add);
        }
        System.out.println(String.join(" ", work) + ", medians of " + turns + " turns");
        System.out.printf("striate           %8.1f pictures/s  %s%n", median(ours), ours);
        if (peers.isEmpty()) {
            System.out.println("PyTorch for Python is not installed where STRIATE_PYTHON points: no comparison.");
            return;
        }
        System.out.printf("PyTorch eager, CL %8.1f pictures/s  %s%n", median(peers), peers);
        System.out.printf("ratio             %8.2f%n", median(ours) / median(peers));
    }

    private static List<String> own(List<String> work) {
        return java(TrainingStep.class, work);
    }

    /// The command that runs another class of this program as this one is run.
    static List<String> java(Class<?> main, List<String> arguments) {
        var java = ProcessHandle.current().info().command().orElse("java");
        var flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        var command = Stream.of(Stream.of(java), flags.stream(),
                Stream.of("-cp", System.getProperty("java.class.path"), main.getName()), arguments.stream());
        return command.flatMap(part -> part).toList();
    }

    private static List<String> peer(List<String> work) {
        return Stream.concat(Stream.of(python(), "bench/peers/pytorch_step.py"), work.stream()).toList();
    }

    /// The Python that may have the peers.
    static String python() {
        return System.getenv().getOrDefault("STRIATE_PYTHON", "python3");
    }

    private static OptionalDouble picturesPerSecond(List<String> command) throws IOException, InterruptedException {
        var output = output(command);
        return output.isEmpty() ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(output.getLast().split(" ")[0]));
    }

    /// The lines that a command prints; none where it fails.
    static List<String> output(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var output = new String(process.getInputStream().readAllBytes()).strip();
        return process.waitFor() == 0 ? output.lines().toList() : List.of();
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
