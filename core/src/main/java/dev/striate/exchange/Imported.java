package dev.striate.exchange;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import dev.striate.graph.Shapes;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import dev.striate.weights.ModelFile;
import dev.striate.yolo.YoloHeads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A model made of somebody's weights, and the names of the tensors in their file that it has no use for.
public record Imported(ModelFile model, List<String> extra) {
    public Imported {
        extra = List.copyOf(extra);
    }

    /// The same with labels from a file, one to a line; refuses another number of them than the network's classes, and a
    /// network that gives embeddings.
    public Imported withLabels(Path file) {
        var labels = lines(file);
        var network = model.network();
        if (model.task() instanceof Task.Verification) {
            throw new StriateException(
                    network.name() + " compares pictures and expects no labels; received " + file + ".");
        }
        var detects = YoloHeads.areIn(network);
        var classes = detects ? YoloHeads.of(network).classes() : Shapes.of(network).get(network.output()).elements();
        if (labels.size() != classes) {
            throw StriateException.file(network.name() + " expects a label to a line for each of its " + classes
                    + " classes; received " + labels.size() + " in " + file + ".");
        }
        return withLabels(labels);
    }

    Imported withLabels(List<String> labels) {
        var network = model.network();
        var task = YoloHeads.areIn(network) ? new Task.Detection(labels) : new Task.Classification(labels);
        return new Imported(new ModelFile(network, model.preprocessing(), task, model.recipe(), model.tensors()),
                extra);
    }

    /// The same with another mean and deviation of the channels, of values from 0 to 1.
    public Imported withNormalisation(List<Double> mean, List<Double> deviation) {
        var kept = model.preprocessing();
        var changed = new Preprocessing(kept.input(), kept.fit(), mean, deviation);
        return new Imported(new ModelFile(model.network(), changed, model.task(), model.recipe(), model.tensors()),
                extra);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
        } catch (IOException e) {
            throw StriateException.file("Labels, one to a line, are expected in " + file + "; it cannot be read: "
                    + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }
}
