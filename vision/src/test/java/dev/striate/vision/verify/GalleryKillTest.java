package dev.striate.vision.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class GalleryKillTest {
    private static final int PICTURES = 3;
    private static final int DIMENSIONS = 32;

    @TempDir
    private Path folder;

    @Test
    void killedWhileEnrollingItKeepsAllThatWasConfirmed() throws Exception {
        thenKillsLoseNothing(1);
    }

    @Test
    @Tag("slow")
    void killedOftenItKeepsAllThatWasConfirmed() throws Exception {
        thenKillsLoseNothing(15);
    }

    private void thenKillsLoseNothing(int kills) throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var file = folder.resolve("gallery");
        var confirmed = new HashSet<String>();
        try (var watching = Gallery.create(file, "model", DIMENSIONS, Double.NaN)) {
            for (var kill = 0; kill < kills; kill++) {
                confirmed.addAll(killed(file, kill, 1 + random.nextInt(9), random.nextInt(20)));
                assertThat(watching.people().keySet()).as("seed %d", seed).containsAll(confirmed);
            }
            assertThat(watching.size()).isEqualTo(PICTURES * watching.people().size());
        }
        try (var gallery = Gallery.open(file)) {
            assertThat(gallery.people()).as("seed %d", seed).containsOnlyKeys(gallery.people().keySet())
                    .hasSizeBetween(confirmed.size(), confirmed.size() + kills);
            assertThat(gallery.people().keySet()).containsAll(confirmed);
            assertThat(gallery.people().values()).as("pictures of each, seed %d", seed).containsOnly(PICTURES);
        }
    }

    /// Kills a process that enrols a moment after it has confirmed some; the names that it confirmed.
    private List<String> killed(Path file, int round, int confirmations, int millis) throws Exception {
        var said = folder.resolve("said");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Victim.class.getName(), file.toString(), "round " + round + ", ")
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            while (Files.readAllLines(said).size() < confirmations && process.isAlive()) Thread.sleep(1);
            assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).as("ended by itself: %s", said).isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return Files.readString(said).lines().toList();
    }

    /// Enrols one person after the other, and says so each time.
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            var points = new Points(DIMENSIONS, 1, 0);
            try (var gallery = Gallery.open(Path.of(arguments[0]))) {
                for (var i = 0; i < 100_000; i++) {
                    var name = arguments[1] + i;
                    gallery.enrol(Map.of(name, List.of(points.next(), points.next(), points.next())));
                    System.out.println(name);
                }
            }
        }
    }
}
