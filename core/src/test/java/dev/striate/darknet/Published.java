package dev.striate.darknet;

import dev.striate.fixtures.SharedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Darknet's own networks, among the [SharedFiles].
final class Published {
    private Published() {}

    static DarknetNetwork network(String name) {
        return DarknetNetwork.read(SharedFiles.file("data/darknet/cfg/" + name + ".cfg"));
    }

    static List<Path> cfgs() {
        try (var files = Files.list(SharedFiles.file("data/darknet/cfg"))) {
            return files.filter(file -> file.toString().endsWith(".cfg")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
