package dev.striate.bench;

import dev.striate.data.picture.Picture;
import dev.striate.graph.Network;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Start;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.style.StyleSettings;
import dev.striate.vision.style.StyleTransfer;
import dev.striate.weights.ModelFile;
import dev.striate.weights.NetworkTensors;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Iterations of neural style transfer with VGG-19 beside PyTorch's, in turn, each in its own process: `StyleSpeed [SIDE
/// [ROUNDS [TURNS]]]`, 512, 5 and 3 unless told. Weights are random; the largest memory of each process stands beside.
///
/// The peer is `bench/peers/pytorch_style.py`, run by the Python that the environment variable `STRIATE_PYTHON` names.
public final class StyleSpeed {
    private static final int WARM_UP = 2;

    private StyleSpeed() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0 && args[0].equals("ours")) {
            ours(ModelFile.read(Path.of(args[1])), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            return;
        }
        var side = args.length > 0 ? args[0] : "512";
        var rounds = args.length > 1 ? args[1] : "5";
        var turns = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        var names = List.of("striate", "PyTorch eager", "PyTorch compiled");
        var model = Files.createTempFile("vgg19", ".safetensors");
        model(features()).write(model);
        var speeds = new LinkedHashMap<String, List<Double>>();
        var memory = new LinkedHashMap<String, String>();
        for (var turn = 0; turn < turns; turn++) {
            for (var name : names) {
                var said = SideBySide.output(command(name, model.toString(), side, rounds));
                if (said.size() < 2) continue;
                speeds.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(Double.parseDouble(said.getFirst().split(" ")[0]));
                memory.put(name, said.get(1));
            }
        }
        Files.delete(model);
        print(speeds, memory, side, turns);
    }

    private static void print(Map<String, List<Double>> speeds, Map<String, String> memory, String side, int turns) {
        System.out.printf("VGG-19 at %s pixels, medians of %d turns%n", side, turns);
        var own = SideBySide.median(speeds.get("striate"));
        speeds.forEach((name, each) -> System.out.printf("%-17s %7.3f iterations/s  %s  %s MiB%s%n", name,
                SideBySide.median(each), each, memory.get(name),
                name.equals("striate") ? "" : "  ratio %.2f".formatted(own / SideBySide.median(each))));
        if (speeds.size() == 1)
            System.out.println("PyTorch is not installed where STRIATE_PYTHON points: no comparison.");
    }

    private static List<String> command(String name, String model, String side, String rounds) {
        if (!name.equals("striate")) {
            return List.of(SideBySide.python(), "bench/peers/pytorch_style.py", side, rounds,
                    name.equals("PyTorch eager") ? "eager" : "compile");
        }
        return SideBySide.java(StyleSpeed.class, List.of("ours", model, side, rounds));
    }

    private static void ours(ModelFile model, int side, int rounds) throws IOException {
        var settings = new StyleSettings(Map.of(), Map.of(), 1, 1000, 0, StyleSettings.Start.NOISE,
                StyleSettings.Descent.ADAM, 0.05, WARM_UP + rounds, false, false, List.of(side), 0);
        var times = new ArrayList<Long>();
        new StyleTransfer(model, settings, Device.CPU).paint(noise(side, 1),
                List.of(new StyleTransfer.Source(noise(side, 2), 1)), _ -> times.add(System.nanoTime()));
        var speeds = new ArrayList<Double>();
        for (var i = WARM_UP; i < times.size(); i++) speeds.add(1e9 / (times.get(i) - times.get(i - 1)));
        System.out.printf("%.4f iterations/s%n%s%n", SideBySide.median(speeds), largestMemory());
    }

    /// In MiB, where the system tells.
    private static String largestMemory() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) return "?";
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM")).findFirst()
                    .map(line -> String.valueOf(Long.parseLong(line.replaceAll("\\D", "")) / 1024)).orElse("?");
        }
    }

    private static Picture noise(int side, long seed) {
        var bytes = new byte[side * side * 3];
        new Random(seed).nextBytes(bytes);
        return new Picture(side, side, 3, bytes);
    }

    /// VGG-19 up to the last layer that style looks at: the peer has no more of it either.
    private static Network features() {
        return Zoo.network("vgg19").upTo("features.29");
    }

    private static ModelFile model(Network network) {
        var tensors = NetworkTensors.fresh(network, Start.of(new Initialisation.HeFanIn()));
        return new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                new Task.Classification(List.of()), Optional.empty(), tensors);
    }
}
