package dev.striate.vision.detect;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.detect.Detection;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.Inferences;
import dev.striate.vision.Running;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/// A detector, opened from its file: finds the objects in pictures.
public final class Detector implements ObjectFinder {
    private final ModelFile file;
    private final BoxFinder finder;
    private final Inference inference;

    private Detector(ModelFile file, Inference inference) {
        this.file = file;
        this.inference = inference;
        finder = BoxFinder.of(file.network(), inference, new Preparation(file.preprocessing()));
    }

    /// Opens a model file, or the best model of a run's folder, on the CPU.
    public static Detector open(Path model) {
        return open(model, Running.USUAL);
    }

    /// The same on another device, by another engine or in other numbers.
    public static Detector open(Path model, Running running) {
        var file = ModelFile.read(Run.model(model));
        var known = file.task(Task.Detection.class, model);
        new ObjectDetection(known).check(file.network());
        return new Detector(file, Inferences.open(file, running));
    }

    @Override
    public List<String> labels() {
        return file.labels();
    }

    @Override
    public List<Detection> detect(Picture picture, Thresholds thresholds) {
        var preparation = finder.preparation();
        try (var arena = Arena.ofConfined()) {
            var pixels = preparation.prepared(picture, arena);
            return finder.find(pixels, List.of(finder.seen(picture)), thresholds).getFirst();
        }
    }

    /// Which cell and anchor answers for each box, and why the next best was not kept; refuses a detector with regions.
    public BoxOwners owners(Picture picture, Thresholds thresholds) {
        if (!(finder instanceof YoloFinder yolo)) {
            throw StriateException
                    .network("Cells and anchors that answer for boxes expect a YOLO; " + file.network().name()
                            + " is a detector with regions.");
        }
        try (var arena = Arena.ofConfined()) {
            var pixels = finder.preparation().prepared(picture, arena);
            return yolo.owners(pixels, picture.size(), thresholds);
        }
    }

    /// The boxes in which a detector with regions expects objects, the surest first, in the picture's pixels.
    public List<Box> proposals(Picture picture, int count) {
        return finder.proposals(picture, count);
    }

    /// Measures on pictures with boxes; classes are matched by name. Those of a model with a tree of classes may have others.
    public MeasuredDetection evaluate(DataSet pictures) {
        var inOrder = finder.tree().isPresent() ? pictures.among(file.labels())
                : pictures.withClasses(file.labels());
        new ObjectDetection(new Task.Detection(file.labels())).check(inOrder);
        return MeasuredDetection.of(finder, finder.prepared(inOrder));
    }

    /// The same detector on an image pyramid: each picture at several scales of the network's own input; refuses one that finds
    /// objects at once. It is open for as long as this is.
    @Override
    public ObjectFinder atScales(List<Double> scales) {
        return pyramid(scales);
    }

    private PyramidDetector pyramid(List<Double> scales) {
        return new PyramidDetector(labels(), finder, file.network(), inference, scales);
    }

    /// Measures on an image pyramid.
    public MeasuredDetection evaluate(DataSet pictures, List<Double> scales) {
        return pyramid(scales).evaluate(pictures.withClasses(file.labels()));
    }

    public ModelFile file() {
        return file;
    }

    @Override
    public void close() {
        inference.close();
    }
}
