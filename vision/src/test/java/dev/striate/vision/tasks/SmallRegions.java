package dev.striate.vision.tasks;

import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op.RegionPooling.Method;
import dev.striate.graph.Options;
import dev.striate.graph.Size;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.TrainingLength;
import dev.striate.region.Backbone;
import dev.striate.vision.train.Run;
import java.util.List;

/// A detector with regions of two convolutions, and scenes of 32 pixels.
public final class SmallRegions {
    public static final Splits SCENES = DataSets.scenes(
            Scenes.USUAL.withSize(Size.square(32)).withObjects(1, 2).withClasses(3), false, 0, 24, 6);
    /// Of anchors that find its objects.
    public static final List<Double> SCALES = List.of(8.0, 14.0);

    private SmallRegions() {}

    /// @param scales of its anchors; none for Fast R-CNN
    public static Run run(List<Double> scales, int epochs) {
        var recipe = Recipes.recipe("faster-rcnn-small");
        var pace = recipe.pace().withBatch(6).withLength(TrainingLength.epochs(epochs));
        var task = Tasks.of(Tasks.suited(SCENES));
        return Run.of(task, task.fitted(network(scales)), SCENES, "scenes", recipe.withPace(pace));
    }

    private static Network network(List<Double> scales) {
        var x = Layer.input(3, 16, 16).at("conv1").conv(8, 3, Options.stride(2), Options.pad(1), Options.noBias())
                .at("bn1").batchNorm().relu().at("conv2").conv(12, 3, Options.stride(2), Options.pad(1)).relu();
        var classifier = x.flatten().at("fc").linear(16).relu().at("last").linear(2).network("tiny");
        return new Backbone(4, 8, Method.ALIGN, scales, scales.isEmpty() ? List.of() : List.of(1.0)).detector(
                classifier,
                classifier.input().withSize(Size.square(32)), 3);
    }
}
