package dev.striate.vision.segment;

import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Shape;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.Inferences;
import dev.striate.vision.Running;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/// A trained network for segmentation, opened from its file: says the class of every pixel of a picture.
public final class Segmenter implements AutoCloseable {
    private final ModelFile file;
    private final Preparation preparation;
    private final Inference inference;
    private final Shape scores;

    private Segmenter(ModelFile file, Inference inference) {
        this.file = file;
        this.inference = inference;
        preparation = new Preparation(file.preprocessing());
        scores = file.network().input().withChannels(file.labels().size());
    }

    /// Opens a model file, or the best model of a run's folder, on the CPU.
    public static Segmenter open(Path model) {
        return open(model, Running.USUAL);
    }

    /// The same on another device, by another engine or in other numbers.
    public static Segmenter open(Path model, Running running) {
        var file = ModelFile.read(Run.model(model));
        file.task(Task.Segmentation.class, model);
        ScoreMaps.check(file.network(), file.labels().size());
        return new Segmenter(file, Inferences.open(file, running));
    }

    /// The class of every pixel of a picture of any size.
    public Segmented segment(Picture picture) {
        try (var arena = Arena.ofConfined()) {
            var pixels = preparation.prepared(picture, arena);
            var seen = Masks.likeliest(inference.run(pixels, 1).main(), 0, scores);
            return new Segmented(picture, Masks.onPicture(seen, preparation.placement(picture), picture.size()),
                    file.labels());
        }
    }

    /// The same for a picture's file.
    public Segmented segment(Path picture) {
        return segment(Pictures.read(picture));
    }

    /// Measures on pictures with masks; classes are matched by name.
    public MeasuredSegmentation evaluate(DataSet pictures) {
        var inOrder = pictures.withClasses(file.labels());
        new Segmentation(new Task.Segmentation(file.labels())).check(inOrder);
        return MeasuredSegmentation.of(inference, preparation, inOrder);
    }

    public ModelFile file() {
        return file;
    }

    @Override
    public void close() {
        inference.close();
    }
}
