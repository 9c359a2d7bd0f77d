package dev.striate.cli;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Runs a few commands without showing what they print, so that the JVM can store what they load and link.
///
/// The launcher runs it once after a build to fill the ahead-of-time cache that later starts read.
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        for (var line : List.of("--help", "--version", "models", "models --json", "describe resnet20",
                "describe lenet5 --json", "describe --help", "check lenet5", "modles", "describe lenet")) {
            execute(line);
        }
        var folder = Files.createTempDirectory("striate");
        try {
            classify(folder.resolve("run"), folder.resolve("digit.png"));
        } finally {
            remove(folder);
        }
    }

    /// A training of one step, and what follows it.
    private static void classify(Path run, Path picture) {
        Pictures.write(Picture.black(28, 28, 1), picture);
        execute("train --model lenet5 --data digits --limit 16 --batch 16 --epochs 1 --recipe quick --out "
                + run);
        execute("evaluate " + run + " --limit 16");
        execute("predict " + run + " " + picture);
        execute("predict " + run + " " + picture + " --json");
    }

    private static void execute(String line) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        Main.command().setOut(nowhere).setErr(nowhere).execute(line.split(" "));
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
