package dev.striate.bench;

import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Shape;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Augmentation.Translation;
import dev.striate.recipe.Recipes;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A small VGG that has learnt CIFAR-10, which knows enough of photographs to tell styles apart.
record PhotographClassifier(Path cifar, int epochs) {
    private static final int VALIDATED = 1000;

    /// Trains into a folder; gives the accuracy of the best epoch on the first thousand test pictures.
    double train(Path folder) {
        var all = DataSets.open(cifar.toString());
        var splits = new Splits(all.name(), all.train(), Optional.of(all.test().limit(VALIDATED)), all.test(), true);
        var network = SmallVgg.FOR_PHOTOGRAPHS.network(new Shape(3, 32, 32), all.train().classes().size());
        var recipe = Recipes.inEpochs(Recipes.recipe("quick"), epochs)
                .withAugmentations(List.of(Augmentation.horizontalFlip(), new Translation(0.1)));
        var run = Tasks.run(network, splits, cifar.toString(), recipe);
        return Tasks.training(run, splits, folder, Device.CPU, event -> {
            if (event instanceof Event.EpochEnded ended) System.out.println(ShapeClassifier.words(ended.epoch()));
        }).run().best().validation().get("accuracy");
    }
}
