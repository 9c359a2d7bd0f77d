package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import dev.striate.json.Json;
import dev.striate.recipe.Recipes;
import dev.striate.weights.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// A run in its folder: `run.json`, for people too, and its network, which is long, beside it in `network.json`.
final class RunFile {
    private static final String FILE = "run.json";
    private static final String NETWORK_FILE = "network.json";
    private static final String FORMAT = "format";
    private static final int VERSION = 2;

    private RunFile() {}

    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    static void write(Run run, Path folder) {
        var tree = (ObjectNode) Json.tree(run, Run.class);
        AtomicFile.write(folder.resolve(NETWORK_FILE), Json.indented(tree.remove("network")) + "\n");
        var file = Json.object("{}", FILE).put(FORMAT, VERSION);
        file.setAll(tree);
        AtomicFile.write(folder.resolve(FILE), Json.indented(file) + "\n");
    }

    static Run read(Path folder) {
        var file = folder.resolve(FILE);
        if (!isIn(folder)) {
            throw StriateException.file(folder + " is not the folder of a run: it has no " + FILE + ".");
        }
        var tree = today(Json.object(text(file), file.toString()), folder);
        if (tree.get("recipe") instanceof ObjectNode recipe) Recipes.modernise(recipe);
        return Json.read(tree, Run.class, file.toString());
    }

    private static ObjectNode today(ObjectNode run, Path folder) {
        var version = run.remove(FORMAT);
        if (version == null) return OlderFiles.run(run);
        if (version.asInt() != VERSION) {
            throw StriateException.file(folder.resolve(FILE) + " is a run of format " + version
                    + "; this program reads format " + VERSION + " and the one before formats had numbers.");
        }
        var network = folder.resolve(NETWORK_FILE);
        run.set("network", Json.object(text(network), network.toString()));
        return run;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw StriateException.file(file + " cannot be read: " + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }
}
