package dev.striate.darknet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Darknet's own files, where they are; tests that need them are skipped elsewhere.
final class Shared {
    private Shared() {}

    static Path file(String name) {
        var file = Path.of(System.getProperty("striate.shared", "")).resolve(name);
        assumeTrue(Files.exists(file), "skipped: there is no " + file);
        return file;
    }

    static DarknetNetwork network(String name) {
        return DarknetNetwork.read(file("data/darknet/cfg/" + name + ".cfg"));
    }

    static List<Path> cfgs() {
        try (var files = Files.list(file("data/darknet/cfg"))) {
            return files.filter(file -> file.toString().endsWith(".cfg")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
