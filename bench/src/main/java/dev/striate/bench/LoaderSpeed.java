package dev.striate.bench;

import dev.striate.data.augment.Augmentations;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.graph.Shape;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Pictures per second of one loading thread beside torchvision's with Pillow: JPEGs of 500×375 become batches of 32 ×
/// 224×224 by random resized crop, flip and colour jitter, normalised. `LoaderSpeed PHOTOGRAPHS [BATCHES TURNS]`
///
/// The JPEGs are made from the folder's photographs. The peer is `bench/peers/torchvision_loader.py`, run by the Python
/// that the environment variable `STRIATE_PYTHON` names. Pin both to one core for the figure of a core: `taskset -c 0`.
public final class LoaderSpeed {
    private static final int COPIES = 96;
    private static final int BATCH = 32;
    private static final List<Augmentation> AUGMENTATIONS = List.of(
            new Augmentation.RandomResizedCrop(0.08, 1, 3.0 / 4, 4.0 / 3, false), Augmentation.horizontalFlip(),
            new Augmentation.ColourJitter(0.4, 0.4, 0.4, 0));

    private LoaderSpeed() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var batches = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        var turns = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        var folder = jpegs(Path.of(args[0]));
        var pictures = DataSets.open(folder.toString()).train();
        var ours = new ArrayList<Double>();
        var peers = new ArrayList<Double>();
        for (var turn = 0; turn < turns; turn++) {
            ours.add(picturesPerSecond(pictures, batches));
            peer(folder, batches).ifPresent(peers::add);
        }
        System.out.printf("striate               %8.1f pictures/s  %s%n", median(ours), ours);
        if (peers.isEmpty()) {
            System.out.println("torchvision is not installed where STRIATE_PYTHON points: no comparison.");
            return;
        }
        System.out.printf("torchvision, Pillow   %8.1f pictures/s  %s%n", median(peers), peers);
        System.out.printf("ratio                 %8.2f%n", median(ours) / median(peers));
    }

    /// A folder of two classes with photographs by turns.
    private static Path jpegs(Path photographs) throws IOException {
        var folder = Files.createTempDirectory("loader");
        try (var files = Files.list(photographs)) {
            var sources = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
            for (var i = 0; i < COPIES; i++) {
                var of = Files.createDirectories(folder.resolve("train").resolve(i % 2 == 0 ? "even" : "odd"));
                Pictures.write(Pictures.resize(Pictures.read(sources.get(i % sources.size())), 500, 375),
                        of.resolve(i + ".jpg"));
            }
        }
        return folder;
    }

    private static double picturesPerSecond(DataSet pictures, int batches) {
        var preparation = new Preparation(
                Preprocessing.plain(new Shape(3, 224, 224), new Preprocessing.Stretch()));
        var augmentations = Augmentations.of(AUGMENTATIONS, preparation);
        try (var loader = Loader.of(pictures, preparation, augmentations,
                Loading.training(BATCH, 0).withThreads(1))) {
            take(loader, batches);
            var start = System.nanoTime();
            take(loader, batches);
            return batches * BATCH * 1e9 / (System.nanoTime() - start);
        }
    }

    private static void take(Loader loader, int batches) {
        for (var i = 0; i < batches; i++) loader.next().close();
    }

    private static OptionalDouble peer(Path folder, int batches) throws IOException, InterruptedException {
        var python = System.getenv().getOrDefault("STRIATE_PYTHON", "python3");
        var process = new ProcessBuilder(python, "bench/peers/torchvision_loader.py",
                folder.resolve("train").toString(), String.valueOf(batches))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var output = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) return OptionalDouble.empty();
        return OptionalDouble.of(Double.parseDouble(output.split(" ")[0]));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
