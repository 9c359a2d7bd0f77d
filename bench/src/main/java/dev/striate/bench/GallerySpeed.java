package dev.striate.bench;

import dev.striate.vision.verify.Gallery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// What a gallery of many people takes: `GallerySpeed [DIMENSIONS [PEOPLE [FOLDER]]]`, 128 and a million unless told, with
/// one random unit vector each; `GallerySpeed stress [SECONDS [FOLDER]]` enrols and identifies from eight threads at once.
public final class GallerySpeed {
    private static final int TOGETHER = 10_000;
    private static final int SEARCHES = 50;
    private static final int WARM_UP = 20;
    private static final int COUNT = 5;
    /// How far another picture of somebody lies, as in FaceNet's figure 5.
    private static final double SAME = 0.6;

    private final int dimensions;
    private final int people;

    private GallerySpeed(int dimensions, int people) {
        this.dimensions = dimensions;
        this.people = people;
    }

    public static void main(String[] args) throws Exception {
        var folder = args.length > 2 ? Path.of(args[2]) : Files.createTempDirectory("gallery");
        var file = folder.resolve("speed.gallery");
        if (args.length > 0 && args[0].equals("stress")) {
            new GalleryStress(file).run(RegionCnn.number(args, 1, 60));
        } else {
            new GallerySpeed(RegionCnn.number(args, 0, 128), RegionCnn.number(args, 1, 1_000_000)).run(file);
        }
        Files.delete(file);
    }

    private void run(Path file) throws IOException {
        try (var gallery = Gallery.create(file, "random", dimensions, Double.NaN)) {
            var seconds = enrol(gallery);
            System.out.printf(Locale.ROOT, "%,d people of %d values enrolled in %.1f s%n", people, dimensions, seconds);
        }
        var start = System.nanoTime();
        try (var gallery = Gallery.open(file)) {
            System.out.printf(Locale.ROOT, "%.2f GB opened in %.1f s, %.2f GB for embeddings, %s in all%n",
                    Files.size(file) / 1e9, seconds(start), gallery.memory() / 1e9, resident());
            search(gallery);
        }
    }

    /// The seconds in the gallery, without those of making random numbers.
    private double enrol(Gallery gallery) {
        var random = new Random(1);
        var seconds = 0.0;
        for (var i = 0; i < people;) {
            var some = new LinkedHashMap<String, List<float[]>>();
            for (; some.size() < TOGETHER && i < people; i++)
                some.put("person " + i, List.of(unit(random, dimensions)));
            var start = System.nanoTime();
            gallery.enrol(some);
            seconds += seconds(start);
        }
        return seconds;
    }

    private void search(Gallery gallery) {
        report("somebody enrolled", gallery, new Random(1));
        report("a stranger", gallery, new Random(2));
    }

    /// The seed with which they were enrolled makes the first people again.
    private void report(String name, Gallery gallery, Random seeded) {
        var noise = new Random(3);
        var millis = new double[SEARCHES];
        for (var i = -WARM_UP; i < SEARCHES; i++) {
            var sought = beside(unit(seeded, dimensions), noise);
            var start = System.nanoTime();
            gallery.nearest(sought, COUNT);
            if (i >= 0) millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(Locale.ROOT, "top %d of %s: median %.1f ms, worst %.1f ms%n", COUNT, name,
                millis[SEARCHES / 2], millis[SEARCHES - 1]);
    }

    static float[] unit(Random random, int dimensions) {
        var vector = new double[dimensions];
        for (var i = 0; i < dimensions; i++) vector[i] = random.nextGaussian();
        return normalised(vector);
    }

    private static float[] beside(float[] unit, Random noise) {
        var vector = new double[unit.length];
        for (var i = 0; i < unit.length; i++) {
            vector[i] = unit[i] + SAME / Math.sqrt(unit.length) * noise.nextGaussian();
        }
        return normalised(vector);
    }

    private static float[] normalised(double[] vector) {
        var length = Math.sqrt(Arrays.stream(vector).map(value -> value * value).sum());
        var unit = new float[vector.length];
        for (var i = 0; i < unit.length; i++) unit[i] = (float) (vector[i] / length);
        return unit;
    }

    /// What Linux counts, of which Java's heap takes what it is allowed.
    private static String resident() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return "an unknown amount";
        var line = Files.readAllLines(status).stream().filter(it -> it.startsWith("VmRSS")).findFirst().orElseThrow();
        return String.format(Locale.ROOT, "%.2f GB", Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e9);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
