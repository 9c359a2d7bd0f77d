package dev.striate.vision.detect;

import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.region.RegionDetector;
import dev.striate.region.RegionTraining.Learns;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Measured;
import dev.striate.vision.train.Trainable;
import java.util.List;

/// Training of a detector's region proposal network alone, measured by the objects that its proposals hit.
public record RegionProposals(ObjectDetection detection) implements Trainable {
    @Override
    public Task task() {
        return detection.task();
    }

    @Override
    public Network fitted(Network network) {
        return detection.fitted(network);
    }

    @Override
    public void check(Network network) {
        detection.check(network);
    }

    @Override
    public Recipe fitted(Recipe recipe, Network network) {
        var fitted = detection.fitted(recipe, network);
        return fitted.objective() instanceof Objective.Regions(var training)
                ? fitted.withObjective(new Objective.Regions(training.with(Learns.PROPOSALS)))
                : fitted;
    }

    @Override
    public Preprocessing preprocessing(Shape input, DataSet pictures) {
        return detection.preprocessing(input, pictures);
    }

    @Override
    public void check(DataSet pictures) {
        detection.check(pictures);
    }

    @Override
    public List<String> warnings(DataSet pictures, Preprocessing preprocessing) {
        return detection.warnings(pictures, preprocessing);
    }

    @Override
    public Measured measure(Network network, Inference inference, Preparation preparation, DataSet pictures) {
        var detector = RegionDetector.of(network);
        var features = inference.part(detector.features(), 1);
        return MeasuredProposals.of(RegionProposer.of(detector, features, preparation), pictures);
    }
}
