package dev.striate.vision.train;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs and checkpoints as earlier versions wrote them, in today's form.
final class OlderFiles {
    private static final Map<String, String> NAMES = Map.of("badImages", "badPictures", "imagesPerSecond",
            "picturesPerSecond");

    private OlderFiles() {}

    /// The same with today's names, for fields that were called otherwise, in either format.
    static JsonNode renamed(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            NAMES.forEach((before, now) -> {
                if (object.has(before)) object.set(now, object.remove(before));
            });
        }
        tree.forEach(OlderFiles::renamed);
        return tree;
    }

    /// A run's `run.json` of a time when every run trained a classifier, with its network and its labels.
    static ObjectNode run(ObjectNode run) {
        var labels = run.remove("labels");
        run.putObject("task").putObject("Classification").set("labels", labels);
        return run;
    }

    /// A checkpoint's place, which knew loss and accuracy alone.
    static ObjectNode place(ObjectNode place) {
        var sums = place.putObject("sums");
        sums.set("loss", place.remove("lossSum"));
        sums.set("accuracy", place.remove("right"));
        place.set("bestScore", place.remove("bestAccuracy"));
        var history = place.withArray("history");
        for (var i = 0; i < history.size(); i++) history.set(i, epoch((ObjectNode) history.get(i)));
        return place;
    }

    private static JsonNode epoch(ObjectNode metrics) {
        metrics.set("number", metrics.remove("epoch"));
        var training = metrics.putObject("training");
        training.set("loss", metrics.remove("trainLoss"));
        training.set("accuracy", metrics.remove("trainAccuracy"));
        var validation = metrics.putObject("validation").put("deciding", "accuracy").put("goal", "HIGHER");
        var values = validation.putObject("values");
        values.set("loss", metrics.remove("loss"));
        values.set("accuracy", metrics.remove("accuracy"));
        var speed = metrics.putObject("speed");
        for (var name : new String[] { "picturesPerSecond", "waited", "seconds" })
            speed.set(name, metrics.remove(name));
        return metrics;
    }
}
