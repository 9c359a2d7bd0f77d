package dev.striate.vision.train;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs and checkpoints of a time when every run trained a classifier, in today's form.
final class OlderFiles {
    private OlderFiles() {}

    /// A run's `run.json`, which held its network and its labels.
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
        for (var name : new String[] { "imagesPerSecond", "waited", "seconds" }) speed.set(name, metrics.remove(name));
        return metrics;
    }
}
