package dev.striate.vision.train;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.same;

import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.InputSizes;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.vision.detect.ObjectDetection;
import dev.striate.task.Task;
import java.nio.file.Path;
import java.util.Map;

/// A YOLO of two scales for a few drawn scenes, trained at several sizes on mosaics; as a program, in a process of its own:
/// the argument is the run's folder.
final class SmallDetector {
    static final InputSizes SIZES = new InputSizes.Random(32, 64, 16, 2);
    private static final int SIDE = 48;
    private static final int EPOCHS = 3;

    private SmallDetector() {}

    static void main(String[] arguments) {
        Interrupted.train(run(), scenes(), Path.of(arguments[0]), Integer.MAX_VALUE);
    }

    /// 36 pictures: 18 batches of 2 and so 9 steps an epoch.
    static Splits scenes() {
        return DataSets.scenes(Scenes.USUAL.withSize(Size.square(SIDE)), false, 5, 36, 4);
    }

    static Run run() {
        return run(recipe());
    }

    static Run run(Recipe recipe) {
        var task = new ObjectDetection(new Task.Detection(scenes().train().classes()));
        return Run.of(task, task.fitted(network()), scenes(), "drawn", recipe);
    }

    static Recipe recipe() {
        var recipe = Recipes.inEpochs(Recipes.recipe("yolo-small"), EPOCHS).withSeed(3)
                .withMosaic(new Augmentation.Mosaic(0.5));
        return recipe.withPace(recipe.pace().withBatch(2).withAccumulation(2).withSizes(SIZES));
    }

    private static Network network() {
        var x = Layer.input(3, SIDE, SIDE).conv(8, 3, same(), noBias()).batchNorm().leakyRelu(0.1).maxPool(2)
                .maxPool(2);
        var fine = x.conv(16, 3, same(), noBias()).batchNorm().leakyRelu(0.1).maxPool(2);
        var coarse = fine.conv(16, 3, same(), noBias()).batchNorm().leakyRelu(0.1).maxPool(2);
        return head(coarse, "large", "2,3").network("small detector", Map.of("small", head(fine, "small", "0,1")));
    }

    private static Layer head(Layer x, String name, String mask) {
        return x.at(name + "-conv").conv(2 * (5 + 8), 1).at(name).then(new Op.Detection("yolo",
                Map.of("anchors", "8,8, 12,12, 18,18, 24,24", "mask", mask, "classes", "8", "num", "4")));
    }
}
