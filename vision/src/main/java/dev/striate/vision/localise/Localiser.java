package dev.striate.vision.localise;

import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.Inferences;
import dev.striate.vision.Running;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/// A trained network for localisation, opened from its file: says what the one object in a picture is, and where.
public final class Localiser implements AutoCloseable {
    private final ModelFile file;
    private final Localisation task;
    private final Preparation preparation;
    private final Inference inference;

    private Localiser(ModelFile file, Localisation task, Inference inference) {
        this.file = file;
        this.task = task;
        this.inference = inference;
        preparation = new Preparation(file.preprocessing());
    }

    /// Opens a model file, or the best model of a run's folder, on the CPU.
    public static Localiser open(Path model) {
        return open(model, Running.USUAL);
    }

    /// The same on another device, by another engine or in other numbers.
    public static Localiser open(Path model, Running running) {
        var file = ModelFile.read(Run.model(model));
        var known = file.task(Task.Localisation.class, model);
        var task = new Localisation(known);
        task.check(file.network());
        return new Localiser(file, task, Inferences.open(file, running));
    }

    /// The likeliest class, and its box in the picture's pixels.
    public Located localise(Picture picture) {
        try (var arena = Arena.ofConfined()) {
            var pixels = preparation.prepared(picture, arena);
            var boxes = Boxes.of(inference.run(pixels, 1), file.labels().size(), preparation.input());
            var label = boxes.label(0);
            return new Located(label, file.labels().get(label), boxes.probability(0, label),
                    boxes.box(0, label, preparation.placement(picture), picture.size()));
        }
    }

    /// The same for a picture's file.
    public Located localise(Path picture) {
        return localise(Pictures.read(picture));
    }

    /// Measures on pictures with one object each; classes are matched by name.
    public MeasuredLocalisation evaluate(DataSet pictures) {
        var inOrder = pictures.withClasses(file.labels());
        task.check(inOrder);
        return MeasuredLocalisation.of(inference, preparation, inOrder);
    }

    public ModelFile file() {
        return file;
    }

    @Override
    public void close() {
        inference.close();
    }
}
