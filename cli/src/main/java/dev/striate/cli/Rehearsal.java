package dev.striate.cli;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.files.Folders;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/// Runs a few commands without showing what they print, so that the JVM can store what they load and link.
///
/// The launcher runs it once after a build to fill the ahead-of-time cache that later starts read.
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) {
        for (var line : List.of("--help", "--version", "models", "models --json", "describe resnet20",
                "describe lenet5 --json", "describe --help", "check lenet5", "modles", "describe lenet")) {
            execute(line);
        }
        var folder = Folders.temporary("striate");
        try {
            classify(folder.resolve("run"), folder.resolve("digit.png"));
        } finally {
            Folders.remove(folder);
        }
    }

    /// A training of one step, and what follows it.
    private static void classify(Path run, Path picture) {
        Pictures.write(Picture.black(28, 28, 1), picture);
        execute("train --model lenet5 --data digits --limit 16 --batch-size 16 --epochs 1 --recipe quick --out "
                + run);
        execute("evaluate " + run + " --limit 16");
        execute("predict " + run + " " + picture);
        execute("predict " + run + " " + picture + " --json");
    }

    private static void execute(String line) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        Main.command().setOut(nowhere).setErr(nowhere).execute(line.split(" "));
    }
}
