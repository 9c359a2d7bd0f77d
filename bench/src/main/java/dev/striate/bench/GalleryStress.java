package dev.striate.bench;

import dev.striate.vision.verify.Gallery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Eight threads that enrol and identify at once; then what was confirmed must be there, and nothing else.
final class GalleryStress {
    private static final int THREADS = 8;
    private static final int DIMENSIONS = 128;

    private final Path file;

    GalleryStress(Path file) {
        this.file = file;
    }

    /// What a thread enrolled, by name, and how often it found whom it had just enrolled.
    private record Done(Map<String, float[]> enrolled, int found) {}

    void run(int seconds) throws Exception {
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        var done = new ArrayList<Done>();
        try (var gallery = Gallery.create(file, "random", DIMENSIONS, 1.1);
                var threads = Executors.newFixedThreadPool(THREADS)) {
            var work = new ArrayList<Callable<Done>>();
            for (var i = 0; i < THREADS; i++) {
                var thread = i;
                work.add(() -> work(gallery, thread, end));
            }
            for (var each : threads.invokeAll(work)) done.add(each.get());
        }
        var enrolled = new TreeMap<String, float[]>();
        done.forEach(each -> enrolled.putAll(each.enrolled()));
        System.out.printf("%d threads, %d s: %d enrolled, each found at once: %b; after reopening %s%n", THREADS,
                seconds,
                enrolled.size(), enrolled.size() == done.stream().mapToInt(Done::found).sum(), compared(enrolled));
    }

    private static Done work(Gallery gallery, int thread, long end) {
        var random = new Random(thread);
        var enrolled = new TreeMap<String, float[]>();
        var found = 0;
        while (System.nanoTime() < end) {
            var name = thread + "-" + enrolled.size();
            var embedding = GallerySpeed.unit(random, DIMENSIONS);
            gallery.enrol(name, List.of(embedding));
            enrolled.put(name, embedding);
            if (isFound(gallery, name, embedding)) found++;
        }
        return new Done(enrolled, found);
    }

    private static boolean isFound(Gallery gallery, String name, float[] embedding) {
        var nearest = gallery.nearest(embedding, 1).getFirst();
        return nearest.name().equals(name) && nearest.distance() == 0;
    }

    private String compared(Map<String, float[]> enrolled) {
        try (var gallery = Gallery.open(file)) {
            var lost = enrolled.entrySet().stream()
                    .filter(person -> !isFound(gallery, person.getKey(), person.getValue())).count();
            return lost + " lost, " + (gallery.size() - enrolled.size()) + " too many";
        }
    }
}
